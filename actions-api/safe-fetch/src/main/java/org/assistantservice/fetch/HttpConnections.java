package org.assistantservice.fetch;

import java.time.Duration;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.util.Timeout;

/// Sets the HTTP library up so that it does one request and nothing by itself: no redirect, retry,
/// cookie, credential, proxy, or connection used twice.
final class HttpConnections {
    private static final int MOST = 64;
    private static final int HEADERS = 200;
    private static final int LINE = 16 * 1024;

    private HttpConnections() {}

    /// @param tls adds TLS to a connection and checks that the certificate is for the host's name
    /// @param timeLimit of a fetch, and so of each of its parts
    static CloseableHttpClient open(CheckedNames names, TlsSocketStrategy tls, Duration timeLimit) {
        Timeout limit = Timeout.of(timeLimit);
        var bounds =
                Http1Config.custom()
                        .setMaxHeaderCount(HEADERS)
                        .setMaxLineLength(LINE)
                        .setMaxEmptyLineCount(2)
                        .build();
        var connections =
                PoolingHttpClientConnectionManagerBuilder.create()
                        .setDnsResolver(names)
                        .setTlsSocketStrategy(tls)
                        .setConnectionFactory(
                                ManagedHttpClientConnectionFactory.builder()
                                        .http1Config(bounds)
                                        .build())
                        .setDefaultConnectionConfig(
                                ConnectionConfig.custom()
                                        .setConnectTimeout(limit)
                                        .setSocketTimeout(limit)
                                        .build())
                        .setMaxConnTotal(MOST)
                        .setMaxConnPerRoute(MOST)
                        .build();
        return HttpClientBuilder.create()
                .setConnectionManager(connections)
                .setConnectionReuseStrategy((_, _, _) -> false)
                .setDefaultRequestConfig(
                        RequestConfig.custom()
                                .setConnectionRequestTimeout(limit)
                                .setResponseTimeout(limit)
                                .setProtocolUpgradeEnabled(false)
                                .build())
                .setUserAgent("assistant-service")
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableAuthCaching()
                .build();
    }
}
