@NullMarked
package org.assistantservice.samples.analyst;

import org.jspecify.annotations.NullMarked;
