@NullMarked
package org.assistantservice.model.openai.http;

import org.jspecify.annotations.NullMarked;
