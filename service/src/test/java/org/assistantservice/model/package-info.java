@NullMarked
package org.assistantservice.model;

import org.jspecify.annotations.NullMarked;
