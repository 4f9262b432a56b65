/*{
  "DESCRIPTION": "A sun that beats with the kick drum over hills that drift by",
  "CREDIT": "your name",
  "ISFVSN": "2",
  "CATEGORIES": ["Generator"],
  "SONGREEL": {
    "family": "places",
    "energy": [0.0, 1.0],
    "moods": ["warm", "calm"],
    "words": {"en": ["sun", "hills"], "zh": ["太阳", "山丘"]}
  },
  "INPUTS": [
    {"NAME": "height", "LABEL": "Height of the hills", "TYPE": "float", "DEFAULT": 0.35, "MIN": 0.1, "MAX": 0.6},
    {"NAME": "kick", "LABEL": "Kick drum", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "energy", "LABEL": "Energy of the section", "TYPE": "float", "DEFAULT": 0.5, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "travel", "LABEL": "Motion", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 36000.0},
    {"NAME": "ink", "LABEL": "Ink", "TYPE": "color", "DEFAULT": [0.04, 0.04, 0.10, 1.0]},
    {"NAME": "shade", "LABEL": "Shade", "TYPE": "color", "DEFAULT": [0.17, 0.12, 0.32, 1.0]},
    {"NAME": "primary", "LABEL": "Primary", "TYPE": "color", "DEFAULT": [0.91, 0.28, 0.49, 1.0]},
    {"NAME": "light", "LABEL": "Light", "TYPE": "color", "DEFAULT": [1.0, 0.94, 0.88, 1.0]}
  ]
}*/

// The inputs above are filled by the song and by the video's palette; docs/looks.md names all that there are.

float hills(float x, float layer) {
    return height * (0.5 + 0.3 * sin(3.1 * x + 7.0 * layer) + 0.2 * sin(7.3 * x - 3.0 * layer)) - 0.12 * layer;
}

void main() {
    // x runs from -aspect/2 to aspect/2, y from 0 at the bottom to 1: composed for any shape of frame.
    vec2 p = vec2((isf_FragNormCoord.x - 0.5) * RENDERSIZE.x / RENDERSIZE.y, isf_FragNormCoord.y);
    float blur = 1.5 / RENDERSIZE.y;

    vec3 color = mix(primary.rgb, shade.rgb, smoothstep(0.1, 0.9, p.y));
    float radius = 0.16 + 0.02 * kick;
    float away = length(p - vec2(0.0, 0.58));
    color += light.rgb * (0.15 + 0.25 * energy) * exp(-6.0 * max(away - radius, 0.0));
    color = mix(color, light.rgb, smoothstep(radius + blur, radius - blur, away));

    for (int layer = 0; layer < 3; layer++) {
        float top = hills(p.x + travel * 0.03 * float(layer + 1), float(layer));
        float inside = smoothstep(top + blur, top - blur, p.y);
        color = mix(color, mix(shade.rgb, ink.rgb, 0.4 + 0.3 * float(layer)), inside);
    }
    gl_FragColor = vec4(color, 1.0);
}
