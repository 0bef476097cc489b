/// Log lines: their exact form, and what a whole process writes.
@NullMarked
package org.assistantservice.app.logging;

import org.jspecify.annotations.NullMarked;
