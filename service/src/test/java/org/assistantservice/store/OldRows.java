package org.assistantservice.store;

/// What the second service stored: a thread with a run that is over, one under way and one that
/// waits.
final class OldRows {
    /// At least one row for each table; separated by `;`.
    static final String INSERTS =
            """
            INSERT INTO assistants VALUES ('default', 'asst_weather', 'v1',
                '{"id":"asst_weather","version":"v1","name":"weather","greeting":"Hello!","instructions":"Be kind.","model":"gpt-test","functions":[],"settingsJson":"{}","busyPolicy":"enqueue","createdAt":"2026-03-01T10:00:00Z"}');
            INSERT INTO tool_lists VALUES ('default', 'abc', '[]');
            INSERT INTO threads VALUES ('default', 'thread_AAAAAAAAAAAAAAAAAAAAAAAA', 'anna',
                'asst_weather', 1000, '{"topic":"weather"}', '{"files":[]}', 0, 4, 4);
            INSERT INTO runs VALUES ('default', 'run_AAAAAAAAAAAAAAAAAAAAAAAA',
                'thread_AAAAAAAAAAAAAAAAAAAAAAAA', 1, 'asst_weather', 'v1', 'anna',
                'correlation-1', 'gpt-test', 'Be kind.', 'abc',
                '{"temperature":0.5,"parallelToolCalls":true}', 'low', 900, '{"type":"auto"}',
                25, 'fail', 7, 'reject', 0, '{"channel":"chat"}', 1001, 1002, 9000,
                NULL, 1, 'completed', 1003, 2000, NULL, NULL, '[]', 30, 15, 0,
                '{"weather":"d1"}', 1, 1, NULL, 15000, NULL, 1);
            INSERT INTO runs VALUES ('default', 'run_BBBBBBBBBBBBBBBBBBBBBBBB',
                'thread_AAAAAAAAAAAAAAAAAAAAAAAA', 2, 'asst_weather', 'v1', 'anna',
                'correlation-2', 'gpt-test', 'Be kind.', 'abc',
                '{"parallelToolCalls":true}', NULL, NULL, NULL, 25, 'answer', NULL, 'enqueue',
                0, '{}', 3001, 3002, 4100000000000, NULL, 3, 'in_progress', 3003, NULL, NULL,
                NULL, '[]', NULL, NULL, 0, '{}', 1, 1, 'gone', 15000, 18003, 1);
            INSERT INTO runs VALUES ('default', 'run_CCCCCCCCCCCCCCCCCCCCCCCC',
                'thread_AAAAAAAAAAAAAAAAAAAAAAAA', 3, 'asst_weather', 'v1', 'anna',
                'correlation-3', 'gpt-test', 'Be kind.', 'abc',
                '{"parallelToolCalls":true}', NULL, NULL, NULL, 25, 'answer', NULL, 'enqueue',
                0, '{}', 4001, 4002, 4100000000000,
                '{"id":"msg_CCCCCCCCCCCCCCCCCCCCCCCC","threadId":"thread_AAAAAAAAAAAAAAAAAAAAAAAA","role":"user","status":"completed","content":["And?"],"runId":"run_CCCCCCCCCCCCCCCCCCCCCCCC","createdAt":"2026-03-01T10:00:00Z","metadata":{}}',
                NULL, 'queued', NULL, NULL, NULL,
                NULL, '[]', NULL, NULL, 0, '{}', 0, 0, NULL, NULL, NULL, 1);
            INSERT INTO messages VALUES ('default', 'thread_AAAAAAAAAAAAAAAAAAAAAAAA', 1,
                'msg_AAAAAAAAAAAAAAAAAAAAAAAA', 'run_AAAAAAAAAAAAAAAAAAAAAAAA', NULL, 'user',
                'completed', '[{"type":"text","text":"Hi"}]', '[]', 1001, 1001, NULL, '{}', NULL);
            INSERT INTO messages VALUES ('default', 'thread_AAAAAAAAAAAAAAAAAAAAAAAA', 3,
                'msg_BBBBBBBBBBBBBBBBBBBBBBBB', 'run_BBBBBBBBBBBBBBBBBBBBBBBB', 'asst_weather',
                'user', 'incomplete', '[{"type":"text","text":"Ho"}]', NULL, 3001, NULL,
                'max_tokens', '{"a":"b"}', 5);
            INSERT INTO deleted_messages VALUES ('default', 'thread_AAAAAAAAAAAAAAAAAAAAAAAA',
                'msg_DDDDDDDDDDDDDDDDDDDDDDDD', 2);
            INSERT INTO run_steps VALUES ('default', 'run_AAAAAAAAAAAAAAAAAAAAAAAA', 1,
                'step_AAAAAAAAAAAAAAAAAAAAAAAA', 'tool_calls', 'completed', NULL, 'Let me look.',
                1100, 1200, NULL, 10, 5);
            INSERT INTO tool_calls VALUES ('default', 'run_AAAAAAAAAAAAAAAAAAAAAAAA', 1, 0,
                'call_1', 'get_weather', 'weather', 'get_weather', 'once', '{}', '{"x":1}',
                'done', 1, '18 degrees');
            INSERT INTO approvals VALUES ('default', 'run_AAAAAAAAAAAAAAAAAAAAAAAA', 1, 0,
                'hash', 'ben', 'approved', 1150, 1900);
            INSERT INTO run_events VALUES ('default', 'run_AAAAAAAAAAAAAAAAAAAAAAAA', 0, 1, 1, 1,
                'run', 1,
                '{"status":"queued","creation":true,"state":{"status":"queued","requiredCalls":[]}}');
            INSERT INTO idempotency VALUES ('default', 'key-1', 'hash',
                'run_AAAAAAAAAAAAAAAAAAAAAAAA', 4100000000000)
            """;

    private OldRows() {}
}
