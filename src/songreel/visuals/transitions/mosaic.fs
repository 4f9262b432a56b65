/*{
  "ISFVSN": "2",
  "DESCRIPTION": "The picture falls into ever larger tiles, which turn into the next one and grow fine again",
  "CREDIT": "Songreel",
  "CATEGORIES": ["Transition"],
  "INPUTS": [
    {"NAME": "startImage", "TYPE": "image"},
    {"NAME": "endImage", "TYPE": "image"},
    {"NAME": "progress", "TYPE": "float", "DEFAULT": 0, "MIN": 0, "MAX": 1, "LABEL": "0 is the picture before, 1 the one after"},
    {"NAME": "seed", "TYPE": "float", "DEFAULT": 0, "MIN": 0, "MAX": 1000, "LABEL": "Which cut it is"}
  ],
  "PASSES": [
    {"TARGET": "tiles", "WIDTH": "ceil($WIDTH/4)", "HEIGHT": "ceil($HEIGHT/4)"},
    {}
  ],
  "SONGREEL": {"words": {"en": ["mosaic", "pixelate transition", "pixel transition"], "zh": ["马赛克转场", "像素转场", "像素化转场"]}}
}*/

uint pcg(uint state) {
    state = state * 747796405u + 2891336453u;
    uint word = ((state >> ((state >> 28u) + 4u)) ^ state) * 277803737u;
    return (word >> 22u) ^ word;
}

float chance(uint a, uint b) {
    return float(pcg(a + pcg(b)) >> 8u) / 16777216.0;
}

void main() {
    vec2 at = isf_FragNormCoord;
    float t = 1.0 - abs(2.0 * progress - 1.0);
    float rows = floor(160.0 * exp2(-4.4 * t));
    vec2 count = vec2(max(1.0, floor(rows * RENDERSIZE.x / RENDERSIZE.y + 0.5)), rows);
    vec2 cell = floor(at * count);
    vec2 middle = (cell + 0.5) / count;
    float turn = 0.3 + 0.4 * chance(uint(int(cell.x)) + 512u * uint(int(cell.y)), uint(int(seed)) + uint(int(rows)));
    bool next = progress > turn;
    if (PASSINDEX == 0) {
        // The mean of four samples: a tile is the color of all that it covers.
        vec2 apart = 0.25 / count;
        vec4 tile = vec4(0.0);
        for (int i = 0; i < 4; i++) {
            vec2 place = middle + apart * vec2(float(i & 1) * 2.0 - 1.0, float(i >> 1) * 2.0 - 1.0);
            tile += 0.25 * (next ? IMG_NORM_PIXEL(endImage, place) : IMG_NORM_PIXEL(startImage, place));
        }
        gl_FragColor = tile;
    } else {
        float coarse = smoothstep(0.0, 0.15, t);
        vec4 color = IMG_NORM_PIXEL(tiles, middle);
        if (coarse < 1.0) {
            color = mix(next ? IMG_THIS_PIXEL(endImage) : IMG_THIS_PIXEL(startImage), color, coarse);
        }
        gl_FragColor = color;
    }
}
