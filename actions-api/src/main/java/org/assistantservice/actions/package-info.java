/// What the author of an action compiles against.
///
/// Start reading at [Action]. An action class is plain Java: a public method with [Action] on it
/// and [Param] on each of its parameters, in a JAR that lies in a folder under `assistants/`.
/// **Depends on:** the JDK and JSpecify alone. **Used by:** packs, the service and the test kit.
///
/// Within a major version types and members are added or deprecated here, never changed or removed.
/// [ActionContext] and [ActionSettings] are implemented by the service and its test kit only, and
/// may gain methods.
@NullMarked
package org.assistantservice.actions;

import org.jspecify.annotations.NullMarked;
