/*{
  "ISFVSN": "2",
  "DESCRIPTION": "The picture swells with light, and the next one is there when it fades",
  "CREDIT": "Songreel",
  "CATEGORIES": ["Transition"],
  "INPUTS": [
    {"NAME": "startImage", "TYPE": "image"},
    {"NAME": "endImage", "TYPE": "image"},
    {"NAME": "progress", "TYPE": "float", "DEFAULT": 0, "MIN": 0, "MAX": 1},
    {"NAME": "light", "TYPE": "color", "DEFAULT": [1, 1, 1, 1]}
  ],
  "SONGREEL": {"words": {"en": ["flash", "light flash", "white flash"], "zh": ["闪白", "闪光"]}}
}*/

void main() {
    vec4 from = IMG_THIS_PIXEL(startImage);
    vec4 to = IMG_THIS_PIXEL(endImage);
    vec4 color = mix(from, to, smoothstep(0.3, 0.6, progress));
    // It falls off more slowly than it comes, and leaves the picture visible at its height.
    float swell = smoothstep(0.0, 0.4, progress) * (1.0 - smoothstep(0.4, 1.0, progress));
    gl_FragColor = vec4(mix(color.rgb, light.rgb, 0.5 * swell), color.a);
}
