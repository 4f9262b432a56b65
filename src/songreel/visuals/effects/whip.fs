/*{
  "ISFVSN": "2",
  "DESCRIPTION": "On each downbeat the camera tears in from the side, smeared, and settles",
  "CREDIT": "Songreel",
  "CATEGORIES": ["Effect"],
  "INPUTS": [
    {"NAME": "inputImage", "TYPE": "image"},
    {"NAME": "amount", "TYPE": "float", "DEFAULT": 0.5, "MIN": 0, "MAX": 1, "LABEL": "How strong; 0 changes nothing"},
    {"NAME": "downbeat", "TYPE": "float", "DEFAULT": 0, "MIN": 0, "MAX": 1, "LABEL": "Swells on the first beat of a bar"},
    {"NAME": "beatCount", "TYPE": "float", "DEFAULT": 0, "MIN": 0, "MAX": 4000, "LABEL": "Beats so far"}
  ],
  "PASSES": [
    {"TARGET": "columns", "WIDTH": "min($WIDTH, 128)", "HEIGHT": "ceil($HEIGHT/2)"},
    {"TARGET": "smear", "WIDTH": "min($WIDTH, 128)", "HEIGHT": "ceil($HEIGHT/2)"},
    {}
  ],
  "SONGREEL": {"words": {"en": ["whip effect", "whip shake", "swish", "whip hits"], "zh": ["甩动", "甩镜效果"]}}
}*/

// Beyond its border the picture goes on as its mirror image.
float inside(float place) {
    return 1.0 - abs(1.0 - mod(place + 4.0, 2.0));
}

void main() {
    vec2 at = isf_FragNormCoord;
    float force = amount * downbeat * downbeat * downbeat;
    float way = (int(beatCount) / 4 & 1) == 1 ? -1.0 : 1.0;
    float aside = way * 0.5 * force * force;
    float reach = 0.34 * force;
    if (PASSINDEX == 0) {
        vec4 sum = vec4(0.0);
        // As wide as the samples of the next pass lie apart, so that no gap is left between them.
        float wide = max(1.0 / RENDERSIZE.x, reach / 16.0);
        for (int i = 0; i < 8; i++) {
            float place = at.x + aside + (float(i) - 3.5) * 0.125 * wide;
            sum += IMG_NORM_PIXEL(inputImage, vec2(inside(place), at.y));
        }
        gl_FragColor = sum * 0.125;
    } else if (PASSINDEX == 1) {
        vec4 sum = vec4(0.0);
        for (int i = 0; i < 16; i++) {
            float place = at.x + ((float(i) + 0.5) / 16.0 - 0.5) * reach;
            sum += IMG_NORM_PIXEL(columns, vec2(inside(place), at.y));
        }
        gl_FragColor = sum / 16.0;
    } else {
        vec4 color = IMG_NORM_PIXEL(inputImage, vec2(inside(at.x + aside), at.y));
        gl_FragColor = mix(color, IMG_NORM_PIXEL(smear, at), smoothstep(0.01, 0.10, reach));
    }
}
