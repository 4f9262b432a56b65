/*{
  "ISFVSN": "2",
  "DESCRIPTION": "A circle opens on the next picture, its edge thin and bright",
  "CREDIT": "Songreel",
  "CATEGORIES": ["Transition"],
  "INPUTS": [
    {"NAME": "startImage", "TYPE": "image"},
    {"NAME": "endImage", "TYPE": "image"},
    {"NAME": "progress", "TYPE": "float", "DEFAULT": 0, "MIN": 0, "MAX": 1, "LABEL": "0 is the picture before, 1 the one after"},
    {"NAME": "accent", "TYPE": "color", "DEFAULT": [1, 0.55, 0.25, 1], "LABEL": "The color that stands out"}
  ],
  "SONGREEL": {"words": {"en": ["iris", "circle wipe", "iris wipe", "circle transition"], "zh": ["圆形转场", "圈入", "光圈转场"]}}
}*/

void main() {
    vec2 at = isf_FragNormCoord;
    vec2 from = (at - 0.5) * vec2(RENDERSIZE.x / RENDERSIZE.y, 1.0);
    float corner = 0.5 * length(vec2(RENDERSIZE.x / RENDERSIZE.y, 1.0));
    float t = progress * (0.6 + progress * (1.2 - 0.8 * progress));
    float away = length(from);
    float radius = t * (corner + 0.06);
    float fine = 1.5 / RENDERSIZE.y;
    float inside = 1.0 - smoothstep(radius - fine, radius + fine, away);
    inside = progress <= 0.0 ? 0.0 : (progress >= 1.0 ? 1.0 : inside);
    // What comes lies further off at first; what goes is pushed a little outward.
    vec4 next = IMG_NORM_PIXEL(endImage, 0.5 + (at - 0.5) * (1.0 - 0.18 * (1.0 - t)));
    vec4 last = IMG_NORM_PIXEL(startImage, 0.5 + (at - 0.5) / (1.0 + 0.12 * t));
    vec4 color = mix(last, next, inside);
    float wide = 0.0015 + 0.0035 * (1.0 - t);
    float rim = 1.0 - smoothstep(wide, wide + 2.0 * fine, abs(away - radius));
    float shade = (1.0 - inside) * exp(-9.0 * max(away - radius, 0.0)) * 0.45;
    float present = smoothstep(0.0, 0.08, progress) * (1.0 - smoothstep(0.9, 1.0, progress));
    color.rgb *= 1.0 - shade * present;
    gl_FragColor = vec4(mix(color.rgb, accent.rgb, rim * present), color.a);
}
