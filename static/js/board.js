// A station's board (templates/orders/board.html).
import "./requests.js";
import "./focus.js";
import "./ages.js";
import "./live.js";
import "./keep.js";
import "./outbox.js";
import "./more.js";
import "./unseen.js";
import "./keys.js";
import "./shift.js";
