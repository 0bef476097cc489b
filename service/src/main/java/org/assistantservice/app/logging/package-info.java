/// How log lines look and where they go: `LOG_FORMAT`, `LOGGING_LEVEL` and `STREAM`.
///
/// Start reading at [LogSetup]. **Depends on:** nothing. **Used by:** Logback, which finds it as a
/// service, and `Application`, which calls [StrayLogs]. What is logged, and that message texts,
/// arguments, results and keys are not, is up to whoever logs.
@NullMarked
package org.assistantservice.app.logging;

import org.jspecify.annotations.NullMarked;
