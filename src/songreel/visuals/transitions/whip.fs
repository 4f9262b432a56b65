/*{
  "ISFVSN": "2",
  "DESCRIPTION": "A whip pan: the camera tears away from one picture and comes to rest on the next",
  "CREDIT": "Songreel",
  "CATEGORIES": ["Transition"],
  "INPUTS": [
    {"NAME": "startImage", "TYPE": "image"},
    {"NAME": "endImage", "TYPE": "image"},
    {"NAME": "progress", "TYPE": "float", "DEFAULT": 0, "MIN": 0, "MAX": 1}
  ],
  "PASSES": [
    {"TARGET": "columns", "WIDTH": "min($WIDTH, 160)", "HEIGHT": "ceil($HEIGHT/2)"},
    {"TARGET": "smear", "WIDTH": "min($WIDTH, 160)", "HEIGHT": "ceil($HEIGHT/2)"},
    {}
  ],
  "SONGREEL": {"words": {"en": ["whip", "whip pan", "swish"], "zh": ["甩镜", "甩镜头"]}}
}*/

// Beyond its border each picture goes on as its mirror image; the cut is at the height of the speed.
vec4 scenery(float place, float y) {
    vec2 at = vec2(1.0 - abs(1.0 - mod(place, 2.0)), y);
    if (progress < 0.5) {
        return IMG_NORM_PIXEL(startImage, at);
    }
    return IMG_NORM_PIXEL(endImage, at);
}

void main() {
    float t = progress * progress * progress * (progress * (6.0 * progress - 15.0) + 10.0);
    float reach = 4.8 * progress * progress * (1.0 - progress) * (1.0 - progress);
    float x = isf_FragNormCoord.x;
    float y = isf_FragNormCoord.y;
    if (PASSINDEX == 0) {
        // The smear needs few columns: each as wide as its samples lie apart, so that no gap is left between them.
        vec4 sum = vec4(0.0);
        float wide = max(1.0 / RENDERSIZE.x, reach / 16.0);
        for (int i = 0; i < 8; i++) {
            sum += scenery(x + 2.0 * t + (float(i) - 3.5) * 0.125 * wide, y);
        }
        gl_FragColor = sum * 0.125;
    } else if (PASSINDEX == 1) {
        vec4 sum = vec4(0.0);
        for (int i = 0; i < 16; i++) {
            float place = x + ((float(i) + 0.5) / 16.0 - 0.5) * reach;
            sum += IMG_NORM_PIXEL(columns, vec2(1.0 - abs(1.0 - mod(place + 2.0, 2.0)), y));
        }
        gl_FragColor = sum / 16.0;
    } else {
        float share = smoothstep(0.01, 0.06, reach);
        vec4 color = IMG_NORM_PIXEL(smear, isf_FragNormCoord);
        if (share < 1.0) {
            color = mix(scenery(x + 2.0 * t, y), color, share);
        }
        gl_FragColor = color;
    }
}
