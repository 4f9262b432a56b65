/*{
  "ISFVSN": "2",
  "DESCRIPTION": "The film burns through: a hot edge eats across one picture and leaves the next",
  "CREDIT": "Songreel",
  "CATEGORIES": ["Transition"],
  "INPUTS": [
    {"NAME": "startImage", "TYPE": "image"},
    {"NAME": "endImage", "TYPE": "image"},
    {"NAME": "progress", "TYPE": "float", "DEFAULT": 0, "MIN": 0, "MAX": 1, "LABEL": "0 is the picture before, 1 the one after"},
    {"NAME": "seed", "TYPE": "float", "DEFAULT": 0, "MIN": 0, "MAX": 1000, "LABEL": "Which cut it is"},
    {"NAME": "pulse", "TYPE": "float", "DEFAULT": 0, "MIN": 0, "MAX": 1, "LABEL": "Swells on each beat"},
    {"NAME": "light", "TYPE": "color", "DEFAULT": [1, 0.95, 0.85, 1], "LABEL": "The lightest color"},
    {"NAME": "accent", "TYPE": "color", "DEFAULT": [1, 0.55, 0.25, 1], "LABEL": "The color that stands out"}
  ],
  "PASSES": [
    {"TARGET": "field", "WIDTH": "ceil($WIDTH/4)", "HEIGHT": "ceil($HEIGHT/4)"},
    {}
  ],
  "SONGREEL": {"words": {"en": ["film burn", "burn", "light leak transition", "burn transition"], "zh": ["胶片灼烧", "漏光转场", "烧片"]}}
}*/

uint pcg(uint state) {
    state = state * 747796405u + 2891336453u;
    uint word = ((state >> ((state >> 28u) + 4u)) ^ state) * 277803737u;
    return (word >> 22u) ^ word;
}

float chance(uint a, uint b) {
    return float(pcg(a + pcg(b)) >> 8u) / 16777216.0;
}

float noise(vec2 at, uint s) {
    vec2 cell = floor(at);
    vec2 t = at - cell;
    t = t * t * (3.0 - 2.0 * t);
    uint x = uint(int(cell.x) + 512);
    uint y = uint(int(cell.y) + 512) * 2048u + s;
    float low = mix(chance(x, y), chance(x + 1u, y), t.x);
    float high = mix(chance(x, y + 2048u), chance(x + 1u, y + 2048u), t.x);
    return mix(low, high, t.y);
}

void main() {
    vec2 at = isf_FragNormCoord;
    if (PASSINDEX == 0) {
        uint s = uint(int(seed));
        vec2 place = vec2(at.x * RENDERSIZE.x / RENDERSIZE.y, at.y) * 1.7;
        float rough = 0.72 * noise(place, s) + 0.2 * noise(place * 2.3 + 5.0, s) + 0.08 * noise(place * 6.1 + 9.0, s);
        // It starts at one side, which differs from cut to cut.
        float way = (int(seed) & 1) == 1 ? 1.0 - at.x : at.x;
        gl_FragColor = vec4(vec3(0.55 * rough + 0.45 * way), 1.0);
    } else {
        float height = IMG_NORM_PIXEL(field, at).r;
        // How far behind the edge of the fire this place lies: negative before it comes.
        float behind = mix(-0.30, 1.02, progress) - height + 0.02;
        float gone = smoothstep(-0.07, 0.07, behind);
        float ends = smoothstep(0.0, 0.1, progress) * (1.0 - smoothstep(0.85, 1.0, progress));
        // The glow runs ahead of the fire and dies off behind it.
        float heat = exp((behind > 0.0 ? -7.0 : -4.5) * abs(behind)) * ends;
        float core = exp(-90.0 * behind * behind) * ends;
        vec3 last = IMG_THIS_PIXEL(startImage).rgb;
        vec3 next = IMG_THIS_PIXEL(endImage).rgb;
        gone = progress <= 0.0 ? 0.0 : (progress >= 1.0 ? 1.0 : gone);
        vec3 color = mix(last, next, gone);
        color = 1.0 - (1.0 - color) * (1.0 - clamp(heat * accent.rgb * (0.8 + 0.1 * pulse), 0.0, 1.0));
        gl_FragColor = vec4(mix(color, light.rgb, 0.8 * core), 1.0);
    }
}
