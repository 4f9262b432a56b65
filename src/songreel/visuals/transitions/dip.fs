/*{
  "ISFVSN": "2",
  "DESCRIPTION": "One picture sinks into the dark, and the next comes out of it",
  "CREDIT": "Songreel",
  "CATEGORIES": ["Transition"],
  "INPUTS": [
    {"NAME": "startImage", "TYPE": "image"},
    {"NAME": "endImage", "TYPE": "image"},
    {"NAME": "progress", "TYPE": "float", "DEFAULT": 0, "MIN": 0, "MAX": 1, "LABEL": "0 is the picture before, 1 the one after"},
    {"NAME": "ink", "TYPE": "color", "DEFAULT": [0.03, 0.03, 0.06, 1], "LABEL": "The darkest color"}
  ],
  "SONGREEL": {"words": {"en": ["dip to black", "dip", "fade through black"], "zh": ["黑场过渡", "闪黑", "黑场"]}}
}*/

void main() {
    vec4 color = progress < 0.5 ? IMG_THIS_PIXEL(startImage) : IMG_THIS_PIXEL(endImage);
    float dark = 1.0 - abs(2.0 * progress - 1.0);
    dark = dark * dark * (3.0 - 2.0 * dark);
    // Highlights go last and come first, as they do when a lamp is turned down.
    float bright = dot(color.rgb, vec3(0.2126, 0.7152, 0.0722));
    float share = clamp(dark * (1.0 + 0.5 * (1.0 - bright) * (1.0 - dark)), 0.0, 1.0);
    gl_FragColor = vec4(mix(color.rgb, ink.rgb * 0.6, share), color.a);
}
