/// Packs: folders with JARs whose annotated methods become actions. Lists them without loading a
/// class, copies them privately, loads and binds them, swaps a changed pack under running calls,
/// and quarantines a bad one alone.
///
/// Start reading at `PackLibrary`. **Depends on:** `dispatch`. **Used by:** `app` and the command
/// line. Nothing here knows assistants, HTTP or runs.
@NullMarked
package org.assistantservice.plugin;

import org.jspecify.annotations.NullMarked;
