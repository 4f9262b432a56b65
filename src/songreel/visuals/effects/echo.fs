/*{
  "ISFVSN": "2",
  "DESCRIPTION": "Each beat leaves ghosts of the picture that grow, trail behind and fade before the next",
  "CREDIT": "Songreel",
  "CATEGORIES": ["Effect"],
  "INPUTS": [
    {"NAME": "inputImage", "TYPE": "image"},
    {"NAME": "amount", "TYPE": "float", "DEFAULT": 0.5, "MIN": 0, "MAX": 1, "LABEL": "How strong; 0 changes nothing"},
    {"NAME": "beat", "TYPE": "float", "DEFAULT": 0, "MIN": 0, "MAX": 1, "LABEL": "The way through a beat"},
    {"NAME": "pulse", "TYPE": "float", "DEFAULT": 0, "MIN": 0, "MAX": 1, "LABEL": "Swells on each beat"},
    {"NAME": "level", "TYPE": "float", "DEFAULT": 0, "MIN": 0, "MAX": 1, "LABEL": "How loud it is"}
  ],
  "PASSES": [
    {"TARGET": "ghosts", "WIDTH": "ceil($WIDTH/2)", "HEIGHT": "ceil($HEIGHT/2)"},
    {}
  ],
  "SONGREEL": {"words": {"en": ["echo", "ghosting", "trails", "ghost trails", "video echo"], "zh": ["回声", "残影", "拖影", "重影"]}}
}*/

void main() {
    vec2 at = isf_FragNormCoord;
    if (PASSINDEX == 0) {
        // Slow at last, as what is thrown is.
        float flown = 1.0 - (1.0 - beat) * (1.0 - beat);
        float spread = amount * (0.08 + 0.05 * flown);
        vec3 trail = vec3(0.0);
        float weight = 0.85;
        for (int i = 1; i <= 3; i++) {
            vec3 ghost = IMG_NORM_PIXEL(inputImage, 0.5 + (at - 0.5) / (1.0 + spread * float(i))).rgb;
            trail = max(trail, ghost * weight);
            weight *= 0.72;
        }
        gl_FragColor = vec4(trail, 1.0);
    } else {
        vec4 color = IMG_THIS_PIXEL(inputImage);
        float force = clamp(amount * (0.10 + 0.10 * level + 0.80 * pulse), 0.0, 1.0);
        gl_FragColor = vec4(mix(color.rgb, max(color.rgb, IMG_NORM_PIXEL(ghosts, at).rgb), force), color.a);
    }
}
