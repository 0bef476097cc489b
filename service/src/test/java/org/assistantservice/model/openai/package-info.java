@NullMarked
package org.assistantservice.model.openai;

import org.jspecify.annotations.NullMarked;
