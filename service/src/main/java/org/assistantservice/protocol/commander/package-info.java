/// The commander protocol: one assistant for each user, with files of its own, asked by a prompt
/// and answered with a list of messages; plain JSON under `/api`, images, and a page.
///
/// Start reading at [CommanderController] for the routes and at [Creation] for what an assistant is
/// made of. **Depends on:** `assistant`, `thread`, `record`, `run`, `knowledge`, `server`. **Used
/// by:** `app`.
@NullMarked
package org.assistantservice.protocol.commander;

import org.jspecify.annotations.NullMarked;
