/// Keeps assistant configurations as objects of a Google Cloud Storage bucket. The only place that
/// knows Google's libraries; they load when this adapter is opened and not before.
///
/// Start reading at [GcsAssistantStore]. **Depends on:** `assistant`, `identity`. **Used by:**
/// `app`.
@NullMarked
package org.assistantservice.assistant.gcs;

import org.jspecify.annotations.NullMarked;
