package org.assistantservice.protocol.docs;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.exceptions.HttpStatusException;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.web.router.Router;
import io.swagger.v3.oas.annotations.Hidden;
import io.swagger.v3.oas.annotations.OpenAPIDefinition;
import io.swagger.v3.oas.annotations.info.Info;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The OpenAPI document and its views.
@OpenAPIDefinition(
        info =
                @Info(
                        title = "Assistant Engine",
                        version = "1.0",
                        description = "Chat with assistants that act, and read what they did."))
@Hidden
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
final class DocsController {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String DOCUMENT = "/META-INF/swagger/openapi.json";
    private static final String VIEWS = "/META-INF/swagger/views/";
    private static final String CSS = "text/css";
    private static final String JAVASCRIPT = "text/javascript";

    /// Both views style their elements in place; ReDoc searches in a worker made from a blob and
    /// asks another host for its makers' logo, which this policy does not let it do.
    private static final String POLICY =
            "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:;"
                    + " worker-src blob:; frame-ancestors 'none'";

    private static final Map<String, Asset> ASSETS =
            Map.of(
                    "swagger-ui.css", new Asset(VIEWS + "swagger-ui/res/swagger-ui.css", CSS),
                    "swagger-ui-bundle.js",
                            new Asset(VIEWS + "swagger-ui/res/swagger-ui-bundle.js", JAVASCRIPT),
                    "favicon-32x32.png",
                            new Asset(
                                    VIEWS + "swagger-ui/res/favicon-32x32.png",
                                    MediaType.IMAGE_PNG),
                    "redoc.standalone.js",
                            new Asset(VIEWS + "redoc/res/redoc.standalone.js", JAVASCRIPT),
                    "swagger.js", new Asset("/docs/swagger.js", JAVASCRIPT));

    /// A variable's pattern, which the document leaves out.
    private static final Pattern PATTERN = Pattern.compile(":[^}]*}");

    private final Router router;

    DocsController(Router router) {
        this.router = router;
    }

    /// The document of the build, without the paths of protocols that are switched off.
    @Get("/openapi.json")
    HttpResponse<byte[]> document() throws IOException {
        ObjectNode document = (ObjectNode) JSON.readTree(content(DOCUMENT));
        Set<String> served =
                router.uriRoutes()
                        .map(route -> route.getUriMatchTemplate().toPathString())
                        .map(path -> PATTERN.matcher(path).replaceAll("}"))
                        .collect(Collectors.toSet());
        ((ObjectNode) document.required("paths")).retain(served);
        return answer(MediaType.APPLICATION_JSON, JSON.writeValueAsBytes(document));
    }

    @Get(uris = {"/docs", "/api/docs"})
    HttpResponse<byte[]> swagger() throws IOException {
        return answer(new Asset("/docs/swagger.html", MediaType.TEXT_HTML));
    }

    @Get(uris = {"/redoc", "/api/redoc"})
    HttpResponse<byte[]> redoc() throws IOException {
        return answer(new Asset("/docs/redoc.html", MediaType.TEXT_HTML));
    }

    @Get("/docs/assets/{name}")
    HttpResponse<byte[]> asset(String name) throws IOException {
        Asset asset = ASSETS.get(name);
        if (asset == null) {
            throw new HttpStatusException(HttpStatus.NOT_FOUND, "Not Found");
        }
        return answer(asset).header(HttpHeaders.CACHE_CONTROL, "max-age=3600");
    }

    private static MutableHttpResponse<byte[]> answer(Asset asset) throws IOException {
        return answer(asset.type(), content(asset.resource()));
    }

    private static MutableHttpResponse<byte[]> answer(String type, byte[] content) {
        return HttpResponse.ok(content)
                .contentType(type)
                .header("Content-Security-Policy", POLICY)
                .header("X-Content-Type-Options", "nosniff");
    }

    private static byte[] content(String resource) throws IOException {
        try (InputStream content = DocsController.class.getResourceAsStream(resource)) {
            if (content == null) {
                throw new IllegalStateException("The build left out " + resource);
            }
            return content.readAllBytes();
        }
    }

    /// @param resource on the class path
    private record Asset(String resource, String type) {}
}
