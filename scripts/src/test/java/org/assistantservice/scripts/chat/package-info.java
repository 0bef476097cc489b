/// Tests of the command line: chat.
@NullMarked
package org.assistantservice.scripts.chat;

import org.jspecify.annotations.NullMarked;
