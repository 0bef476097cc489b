@NullMarked
package org.assistantservice.knowledge;

import org.jspecify.annotations.NullMarked;
