@NullMarked
package org.assistantservice.identity;

import org.jspecify.annotations.NullMarked;
