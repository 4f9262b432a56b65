/*{
  "ISFVSN": "2",
  "DESCRIPTION": "On each beat the picture is dyed in the video's colors, and gets its own back before the next",
  "CREDIT": "Songreel",
  "CATEGORIES": ["Effect"],
  "INPUTS": [
    {"NAME": "inputImage", "TYPE": "image"},
    {"NAME": "amount", "TYPE": "float", "DEFAULT": 0.5, "MIN": 0, "MAX": 1, "LABEL": "How strong; 0 changes nothing"},
    {"NAME": "pulse", "TYPE": "float", "DEFAULT": 0, "MIN": 0, "MAX": 1, "LABEL": "Swells on each beat"},
    {"NAME": "energy", "TYPE": "float", "DEFAULT": 0, "MIN": 0, "MAX": 1, "LABEL": "How full the section is"},
    {"NAME": "ink", "TYPE": "color", "DEFAULT": [0.03, 0.03, 0.06, 1], "LABEL": "The darkest color"},
    {"NAME": "primary", "TYPE": "color", "DEFAULT": [0.9, 0.15, 0.55, 1], "LABEL": "The color of the video"},
    {"NAME": "accent", "TYPE": "color", "DEFAULT": [1, 0.55, 0.25, 1], "LABEL": "The color that stands out"},
    {"NAME": "light", "TYPE": "color", "DEFAULT": [1, 0.95, 0.85, 1], "LABEL": "The lightest color"}
  ],
  "SONGREEL": {"words": {"en": ["color pulse", "colour pulse", "color hits", "duotone"], "zh": ["色彩脉冲", "颜色脉动", "双色调"]}}
}*/

float luma(vec3 color) {
    return dot(color, vec3(0.2126, 0.7152, 0.0722));
}

void main() {
    vec4 color = IMG_THIS_PIXEL(inputImage);
    float bright = luma(color.rgb);
    vec3 dye = mix(ink.rgb, primary.rgb, smoothstep(0.0, 0.45, bright));
    dye = mix(dye, accent.rgb, smoothstep(0.35, 0.75, bright));
    dye = mix(dye, light.rgb, smoothstep(0.7, 1.0, bright));
    // As light as it was, so that only hue and saturation pulse.
    dye = clamp(dye + (bright - luma(dye)), 0.0, 1.0);
    float share = amount * clamp(0.18 + 0.1 * energy + 0.72 * pulse, 0.0, 1.0);
    gl_FragColor = vec4(mix(color.rgb, dye, share), color.a);
}
