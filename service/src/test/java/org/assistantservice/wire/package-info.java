/// The Assistants API's objects against its published schemas and as exact texts.
@NullMarked
package org.assistantservice.wire;

import org.jspecify.annotations.NullMarked;
