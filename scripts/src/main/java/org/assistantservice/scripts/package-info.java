/// The command line: registers assistants, chats in the terminal, checks an installation.
///
/// **Depends on:** the public entry points of `assistant`, `plugin` and `dispatch`.
@NullMarked
package org.assistantservice.scripts;

import org.jspecify.annotations.NullMarked;
