/// Tests of assistants and their configuration.
@NullMarked
package org.assistantservice.assistant;

import org.jspecify.annotations.NullMarked;
