/// Assistants and their configuration: reads, checks, registers, stores and finds them.
///
/// Start reading at [AssistantRegistration]. **Depends on:** `identity`, `dispatch`. **Used by:**
/// `run`, `protocol`, `app` and the command line. Nothing here knows JARs or HTTP.
@NullMarked
package org.assistantservice.assistant;

import org.jspecify.annotations.NullMarked;
