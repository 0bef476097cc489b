package org.assistantservice.bench.sut;

import java.nio.file.Path;

/// The configuration of nginx as a floor: one worker, nothing buffered, connections to the model
/// kept, no log.
final class NginxConfig {
    private NginxConfig() {}

    static String of(Path folder, int port, int modelPort) {
        String user = "root".equals(System.getProperty("user.name")) ? "user root;" : "";
        return """
        %s
        worker_processes 1;
        worker_rlimit_nofile 20000;
        daemon off;
        pid %s/nginx.pid;
        error_log stderr warn;
        events { worker_connections 8192; }
        http {
            access_log off;
            client_body_temp_path %s/body;
            proxy_temp_path %s/proxy;
            fastcgi_temp_path %s/fastcgi;
            uwsgi_temp_path %s/uwsgi;
            scgi_temp_path %s/scgi;
            keepalive_requests 10000000;
            upstream model {
                server 127.0.0.1:%d;
                keepalive 4096;
                keepalive_requests 10000000;
            }
            server {
                listen 127.0.0.1:%d backlog=4096;
                location / {
                    proxy_pass http://model;
                    proxy_http_version 1.1;
                    proxy_set_header Connection "";
                    proxy_buffering off;
                    proxy_read_timeout 600s;
                }
            }
        }
        """
                .formatted(user, folder, folder, folder, folder, folder, folder, modelPort, port);
    }
}
