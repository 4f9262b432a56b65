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
    // What is bright burns out, what is dark stays deep: an even veil of white would be fog, not light.
    vec3 glow = clamp(swell * light.rgb * (0.16 + 1.1 * color.rgb), 0.0, 1.0);
    gl_FragColor = vec4(1.0 - (1.0 - color.rgb) * (1.0 - glow), color.a);
}
