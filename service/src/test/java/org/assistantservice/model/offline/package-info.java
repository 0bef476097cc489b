@NullMarked
package org.assistantservice.model.offline;

import org.jspecify.annotations.NullMarked;
