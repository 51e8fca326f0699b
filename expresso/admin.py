from django.contrib import admin

admin.site.site_title = admin.site.site_header = "Expresso"
admin.site.index_title = "Events, menus, orders and people"
