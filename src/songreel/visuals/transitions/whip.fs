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
  "SONGREEL": {"words": {"en": ["whip", "whip pan", "swish"], "zh": ["甩镜", "甩镜头"]}}
}*/

void main() {
    float t = progress * progress * progress * (progress * (6.0 * progress - 15.0) + 10.0);
    float speed = 30.0 * progress * progress * (1.0 - progress) * (1.0 - progress);
    float reach = speed * 0.16;
    float x = isf_FragNormCoord.x;
    float y = isf_FragNormCoord.y;
    vec4 sum = vec4(0.0);
    for (int i = 0; i < 12; i++) {
        float off = (float(i) / 11.0 - 0.5) * reach;
        float place = x + 2.0 * t + off;
        // Beyond its border each picture goes on as its mirror image.
        float turned = 1.0 - abs(1.0 - mod(place, 2.0));
        sum += t < 0.5 ? IMG_NORM_PIXEL(startImage, vec2(turned, y)) : IMG_NORM_PIXEL(endImage, vec2(turned, y));
    }
    gl_FragColor = sum / 12.0;
}
