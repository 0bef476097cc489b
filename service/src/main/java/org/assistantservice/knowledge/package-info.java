/// Files: those that users bring and those that actions make. Their bytes lie below `DATA_DIR`,
/// what is known of them in `record`.
///
/// Start reading at [FileStore]. **Depends on:** `identity`, `dispatch`, `record`, `thread`. **Used
/// by:** `protocol`, `app`. Nothing here knows HTTP or where a file came from.
@NullMarked
package org.assistantservice.knowledge;

import org.jspecify.annotations.NullMarked;
