package org.assistantservice.server;

/// Ends a request with a [Problem]; the error mapping gives it the addressed protocol's shape.
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Problem problem;

    ProblemException(Problem problem) {
        super(problem.message());
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }
}
