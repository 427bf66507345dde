/* The lesson player. Each part works alone, and the page works without any of them. */

import "./focus.js";
import "./outline.js";
import "./embeds.js";
import "./position.js";
