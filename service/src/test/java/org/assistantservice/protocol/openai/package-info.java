/// The Assistants API over real HTTP, above stores in memory.
@NullMarked
package org.assistantservice.protocol.openai;

import org.jspecify.annotations.NullMarked;
