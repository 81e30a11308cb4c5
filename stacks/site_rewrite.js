// The page asks for /api/me; the gateway behind the CDN knows it as /me.
function handler(event) {
  var request = event.request;
  request.uri = request.uri.replace(/^\/api\//, "/");
  return request;
}
