/*{
  "ISFVSN": "2",
  "DESCRIPTION": "The room goes dark and the lights hit on the beat, never more than three times in a second",
  "CREDIT": "Songreel",
  "CATEGORIES": ["Effect"],
  "INPUTS": [
    {"NAME": "inputImage", "TYPE": "image"},
    {"NAME": "amount", "TYPE": "float", "DEFAULT": 0.5, "MIN": 0, "MAX": 1, "LABEL": "How strong; 0 changes nothing"},
    {"NAME": "strobe", "TYPE": "float", "DEFAULT": 0, "MIN": 0, "MAX": 1, "LABEL": "Swells at most every 0.42 s"},
    {"NAME": "light", "TYPE": "color", "DEFAULT": [1, 0.95, 0.85, 1], "LABEL": "The lightest color"}
  ],
  "SONGREEL": {"words": {"en": ["strobe", "strobe light", "strobing"], "zh": ["频闪", "爆闪"]}}
}*/

void main() {
    vec4 color = IMG_THIS_PIXEL(inputImage);
    // What is dark stays dark: lamps light what is there, they do not fill the air.
    vec3 dark = color.rgb * (1.0 - 0.55 * amount);
    vec3 lit = 1.0 - (1.0 - color.rgb) * (1.0 - amount * (0.65 * color.rgb + 0.06) * light.rgb);
    gl_FragColor = vec4(clamp(mix(dark, lit, strobe), 0.0, 1.0), color.a);
}
