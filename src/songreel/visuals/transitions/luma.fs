/*{
  "ISFVSN": "2",
  "DESCRIPTION": "The bright parts of one picture give way first, the dark ones last",
  "CREDIT": "Songreel",
  "CATEGORIES": ["Transition"],
  "INPUTS": [
    {"NAME": "startImage", "TYPE": "image"},
    {"NAME": "endImage", "TYPE": "image"},
    {"NAME": "progress", "TYPE": "float", "DEFAULT": 0, "MIN": 0, "MAX": 1, "LABEL": "0 is the picture before, 1 the one after"}
  ],
  "PASSES": [
    {"TARGET": "coarse", "WIDTH": "ceil($WIDTH/4)", "HEIGHT": "ceil($HEIGHT/4)"},
    {}
  ],
  "SONGREEL": {"words": {"en": ["luma fade", "luma wipe", "luma"], "zh": ["亮度转场", "亮度溶解"]}}
}*/

void main() {
    vec4 from = IMG_THIS_PIXEL(startImage);
    vec4 to = IMG_THIS_PIXEL(endImage);
    // Looked at a little blurred, so that grain does not crawl at the border.
    float bright = IMG_NORM_PIXEL(coarse, isf_FragNormCoord).r;
    if (PASSINDEX == 0) {
        vec2 apart = 0.25 / RENDERSIZE;
        vec3 sum = IMG_NORM_PIXEL(startImage, isf_FragNormCoord + apart).rgb;
        sum += IMG_NORM_PIXEL(startImage, isf_FragNormCoord - apart).rgb;
        gl_FragColor = vec4(vec3(sqrt(dot(sum, vec3(0.1063, 0.3576, 0.0361)))), 1.0);
    } else {
        float soft = 0.18;
        float share = smoothstep(0.0, 1.0, (mix(-soft, 1.0 + soft, progress) - (1.0 - bright) + soft) / (2.0 * soft));
        share = progress <= 0.0 ? 0.0 : (progress >= 1.0 ? 1.0 : share);
        gl_FragColor = sqrt(mix(from * from, to * to, share));
    }
}
