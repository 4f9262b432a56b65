/*{
  "ISFVSN": "2",
  "DESCRIPTION": "The camera dives into one picture and comes out of the next",
  "CREDIT": "Songreel",
  "CATEGORIES": ["Transition"],
  "INPUTS": [
    {"NAME": "startImage", "TYPE": "image"},
    {"NAME": "endImage", "TYPE": "image"},
    {"NAME": "progress", "TYPE": "float", "DEFAULT": 0, "MIN": 0, "MAX": 1}
  ],
  "SONGREEL": {"words": {"en": ["zoom", "zoom through", "dive"], "zh": ["变焦", "推进"]}}
}*/

void main() {
    float t = progress * progress * (3.0 - 2.0 * progress);
    float speed = 4.0 * progress * (1.0 - progress);
    vec2 from = isf_FragNormCoord - 0.5;
    vec4 sum = vec4(0.0);
    float share = smoothstep(0.35, 0.65, progress);
    for (int i = 0; i < 8; i++) {
        float off = 1.0 + (float(i) / 7.0 - 0.5) * 0.22 * speed;
        vec4 near = IMG_NORM_PIXEL(startImage, 0.5 + from * off / (1.0 + 1.6 * t));
        vec4 far = IMG_NORM_PIXEL(endImage, 0.5 + from * off / (1.0 + 0.9 * (1.0 - t)));
        sum += mix(near, far, share);
    }
    gl_FragColor = sum / 8.0;
}
