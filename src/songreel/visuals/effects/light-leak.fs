/*{
  "ISFVSN": "2",
  "DESCRIPTION": "Colored light leaks in at the edges, drifts with the music and swells a little on the downbeat",
  "CREDIT": "Songreel",
  "CATEGORIES": ["Effect"],
  "INPUTS": [
    {"NAME": "inputImage", "TYPE": "image"},
    {"NAME": "amount", "TYPE": "float", "DEFAULT": 0.5, "MIN": 0, "MAX": 1, "LABEL": "How strong; 0 changes nothing"},
    {"NAME": "travel", "TYPE": "float", "DEFAULT": 0, "MIN": 0, "MAX": 1000, "LABEL": "Runs faster in loud music"},
    {"NAME": "level", "TYPE": "float", "DEFAULT": 0, "MIN": 0, "MAX": 1, "LABEL": "How loud it is"},
    {"NAME": "downbeat", "TYPE": "float", "DEFAULT": 0, "MIN": 0, "MAX": 1, "LABEL": "Swells on the first beat of a bar"},
    {"NAME": "seed", "TYPE": "float", "DEFAULT": 0, "MIN": 0, "MAX": 1000, "LABEL": "Which clip it is"},
    {"NAME": "light", "TYPE": "color", "DEFAULT": [1, 0.95, 0.85, 1], "LABEL": "The lightest color"},
    {"NAME": "accent", "TYPE": "color", "DEFAULT": [1, 0.55, 0.25, 1], "LABEL": "The color that stands out"}
  ],
  "PASSES": [
    {"TARGET": "glow", "WIDTH": "ceil($WIDTH/8)", "HEIGHT": "ceil($HEIGHT/8)"},
    {}
  ],
  "SONGREEL": {"words": {"en": ["light leak", "film leak"], "zh": ["漏光", "漏光效果"]}}
}*/

uint pcg(uint state) {
    state = state * 747796405u + 2891336453u;
    uint word = ((state >> ((state >> 28u) + 4u)) ^ state) * 277803737u;
    return (word >> 22u) ^ word;
}

float chance(uint a, uint b) {
    return float(pcg(a + pcg(b)) >> 8u) / 16777216.0;
}

// A soft streak whose middle lies just outside the frame, tilted; it wanders along its edge.
float streak(vec2 from, uint which) {
    uint s = uint(int(seed)) + 17u * which;
    float side = which == 1u ? -1.0 : 1.0;
    float wander = travel * (0.05 + 0.04 * chance(s, 1u)) + 6.2831853 * chance(s, 2u);
    vec2 middle = vec2(side * (0.5 + 0.06 * sin(wander * 1.7)), 0.55 * sin(wander) * (which == 2u ? 0.4 : 1.0));
    float tilt = 0.5 * (chance(s, 3u) - 0.5) + 0.25 * sin(wander * 0.8);
    vec2 away = from - middle;
    away = vec2(away.x * cos(tilt) - away.y * sin(tilt), away.x * sin(tilt) + away.y * cos(tilt));
    return exp(-dot(away * vec2(4.2, 1.5), away * vec2(4.2, 1.5)));
}

void main() {
    vec2 at = isf_FragNormCoord;
    if (PASSINDEX == 0) {
        vec2 from = at - 0.5;
        from.y *= min(RENDERSIZE.y / RENDERSIZE.x, 1.4);
        vec3 warm = streak(from, 0u) * accent.rgb + streak(from, 1u) * mix(accent.rgb, light.rgb, 0.35);
        warm += 0.6 * streak(from, 2u) * light.rgb;
        gl_FragColor = vec4(warm * (0.5 + 0.2 * level + 0.12 * downbeat), 1.0);
    } else {
        vec4 color = IMG_THIS_PIXEL(inputImage);
        vec3 leak = clamp(amount * IMG_NORM_PIXEL(glow, at).rgb, 0.0, 1.0);
        gl_FragColor = vec4(1.0 - (1.0 - color.rgb) * (1.0 - leak), color.a);
    }
}
