/*{
  "ISFVSN": "2",
  "DESCRIPTION": "Film grain: strongest in the mid-tones, and different on every frame",
  "CREDIT": "Songreel",
  "CATEGORIES": ["Effect"],
  "INPUTS": [
    {"NAME": "inputImage", "TYPE": "image"},
    {"NAME": "amount", "TYPE": "float", "DEFAULT": 0.4, "MIN": 0, "MAX": 1, "LABEL": "How strong; 0 changes nothing"},
    {"NAME": "level", "TYPE": "float", "DEFAULT": 0, "MIN": 0, "MAX": 1}
  ],
  "SONGREEL": {"words": {"en": ["grain", "film grain", "analog film", "gritty"], "zh": ["颗粒", "胶片颗粒", "噪点"]}}
}*/

uint pcg(uint state) {
    state = state * 747796405u + 2891336453u;
    uint word = ((state >> ((state >> 28u) + 4u)) ^ state) * 277803737u;
    return (word >> 22u) ^ word;
}

float chance(uint a, uint b, uint c) {
    return float(pcg(a + pcg(b + pcg(c))) >> 8u) / 16777216.0;
}

void main() {
    vec4 color = IMG_THIS_PIXEL(inputImage);
    // Grains keep their size on the screen: one pixel up to 720 lines, larger above.
    float size = max(1.0, RENDERSIZE.y / 720.0);
    uvec2 cell = uvec2(gl_FragCoord.xy / size);
    uint frame = uint(FRAMEINDEX + 4096);
    float noise = chance(cell.x, cell.y, frame) + chance(cell.y, cell.x + 977u, frame + 31u) - 1.0;
    float light = dot(color.rgb, vec3(0.2126, 0.7152, 0.0722));
    float room = 0.35 + 2.6 * light * (1.0 - light);
    color.rgb += noise * amount * (0.13 + 0.05 * level) * room;
    gl_FragColor = vec4(clamp(color.rgb, 0.0, 1.0), color.a);
}
