/*{
  "DESCRIPTION": "A wall of bold shapes in the project's colors; tiles turn on their own beats, one after another.",
  "CREDIT": "Songreel",
  "ISFVSN": "2",
  "CATEGORIES": ["Generator", "Graphic"],
  "SONGREEL": {
    "family": "graphic",
    "energy": [0.2, 1.0],
    "moods": ["bold", "playful", "clean", "modern"],
    "words": {
      "en": ["shapes", "geometric", "bauhaus", "swiss", "pattern", "design", "tiles"],
      "zh": ["几何图形", "包豪斯", "图案", "设计", "瑞士风格"]
    },
    "resolution": 0.54
  },
  "INPUTS": [
    {"NAME": "tiles", "LABEL": "Number of tiles", "TYPE": "float", "DEFAULT": 0.45, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "drift", "LABEL": "Drift", "TYPE": "float", "DEFAULT": 0.5, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "rounding", "LABEL": "Rings", "TYPE": "float", "DEFAULT": 0.5, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "beat", "LABEL": "Beat phase", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "beatCount", "LABEL": "Beats so far", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 100000.0},
    {"NAME": "bass", "LABEL": "Bass", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "mid", "LABEL": "Mids", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "kick", "LABEL": "Kick", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "snare", "LABEL": "Snare", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "hat", "LABEL": "Hi-hat", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "level", "LABEL": "Loudness", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "energy", "LABEL": "Section energy", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "drop", "LABEL": "Drop", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "travel", "LABEL": "Travel", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 36000.0},
    {"NAME": "seed", "LABEL": "Seed", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1000.0},
    {"NAME": "ink", "LABEL": "Ink", "TYPE": "color", "DEFAULT": [0.043, 0.039, 0.102, 1.0]},
    {"NAME": "shade", "LABEL": "Shade", "TYPE": "color", "DEFAULT": [0.169, 0.122, 0.322, 1.0]},
    {"NAME": "primary", "LABEL": "Primary", "TYPE": "color", "DEFAULT": [0.91, 0.275, 0.486, 1.0]},
    {"NAME": "accent", "LABEL": "Accent", "TYPE": "color", "DEFAULT": [0.247, 0.757, 0.851, 1.0]},
    {"NAME": "light", "LABEL": "Light", "TYPE": "color", "DEFAULT": [1.0, 0.941, 0.878, 1.0]}
  ]
}*/

float hash(ivec2 c) {
    uint n = uint(c.x) * 0x9E3779B1u ^ uint(c.y) * 0x85EBCA77u;
    n ^= n >> 15u;
    n *= 0x2C1B3C6Du;
    n ^= n >> 13u;
    n *= 0x297A2D39u;
    return float(int(n >> 8u)) * (1.0 / 16777216.0);
}
// Light adds up in linear values, so colors are squared on the way in and rooted on the way out.
vec3 lin(vec4 c) {
    return c.rgb * c.rgb;
}
// Highlights bend towards white instead of clipping one channel after another; half a step of noise stops banding.
vec3 develop(vec3 c) {
    float peak = max(c.r, max(c.g, c.b));
    c += max(peak - 1.0, 0.0) * 0.2;
    vec3 over = max(c - 0.55, 0.0);
    c += over * (0.45 / (over + 0.45) - 1.0);
    float speck = fract(52.9829189 * fract(dot(gl_FragCoord.xy, vec2(0.06711056, 0.00583715))));
    return sqrt(abs(c)) + (speck - 0.5) / 255.0;
}
float disc(vec2 at, float radius, float px) {
    return clamp((radius - length(at)) / px + 0.5, 0.0, 1.0);
}

void main() {
    vec2 canvas = RENDERSIZE / min(RENDERSIZE.x, RENDERSIZE.y);
    vec2 uv = (isf_FragNormCoord - 0.5) * canvas;
    float count = floor(3.0 + tiles * 5.0);
    float go = (TIME * 0.006 + travel * 0.018) * drift * 2.0;
    vec2 way = vec2(fract(seed * 0.618) - 0.5, fract(seed * 0.377) - 0.5);
    vec2 grid = uv * count * (1.0 - 0.015 * kick - 0.05 * drop) + way * go * 2.0 + 0.5;
    vec2 cell = floor(grid);
    vec2 at = grid - cell - 0.5;
    float px = count * canvas.x / RENDERSIZE.x;
    ivec2 id = ivec2(cell) + ivec2(int(seed) * 13, int(seed) * 7);
    float a = hash(id);
    float b = hash(id + ivec2(311, 97));

    // Each tile waits its own number of beats, then turns a quarter round while the beat lasts.
    float period = a < 0.35 ? 4.0 : (a < 0.75 ? 8.0 : 16.0);
    float since = beatCount + floor(b * 16.0);
    float turns = floor(since / period);
    float due = since - turns * period < 0.5 ? 1.0 : 0.0;
    float ease = 1.0 - beat;
    float quarter = turns - due * ease * ease * ease + floor(a * 41.0);
    float angle = quarter * 1.5707963;
    float c = cos(angle);
    float s = sin(angle);
    vec2 q = vec2(at.x * c - at.y * s, at.x * s + at.y * c);

    // The shape: quarter disc, half disc, disc, corner, rings about a corner, stripes, four dots.
    float swell = 1.0 + 0.1 * (b < 0.5 ? kick : snare);
    float kind = fract(a * 17.0) * 7.0;
    vec2 corner = q + 0.5;
    float far = length(corner);
    float rings = clamp((abs(fract(far * 2.5 + 0.5) - 0.5) - 0.25) * 0.4 / px + 0.5, 0.0, 1.0) * clamp((1.0 - far) / px + 0.5, 0.0, 1.0);
    float first = clamp((0.98 * swell - far) / px + 0.5, 0.0, 1.0);
    float half_disc = disc(q + vec2(0.0, 0.5), 0.48 * swell, px);
    float whole = disc(q, 0.4 * swell, px);
    float slant = clamp((q.x + q.y) * 0.7071 / px + 0.5, 0.0, 1.0);
    float stripes = clamp((0.25 - abs(fract(q.x * 3.0) - 0.5)) / (px * 3.0) + 0.5, 0.0, 1.0);
    float dots = disc(abs(q) - 0.25, 0.13 * swell, px);
    float shape = kind < 1.6 ? first : (kind < 2.5 ? half_disc : (kind < 3.3 ? whole : (kind < 4.4 ? slant : (kind < 5.6 ? mix(first, rings, step(0.3, rounding)) : (kind < 6.3 ? stripes : dots)))));

    // Two colors a tile; quiet music keeps most tiles dark.
    vec3 night = lin(ink) * 0.55;
    vec3 dusk = mix(lin(ink), lin(shade), 0.75) * 0.85;
    float pick = fract(b * 23.0);
    vec3 ground = pick < 0.5 ? night : (pick < 0.82 ? dusk : lin(shade));
    float tone = fract(b * 57.0);
    vec3 figure = tone < 0.36 ? lin(primary) : (tone < 0.64 ? lin(accent) : (tone < 0.8 ? lin(light) : lin(shade) * 1.3));
    float awake = clamp((0.35 + 0.75 * energy - fract(a * 91.0)) * 6.0, 0.0, 1.0);
    float hit = fract(a * 29.0) < 0.5 ? bass : mid;
    figure = mix(mix(ground, figure, 0.28), figure * (0.82 + 0.22 * hit + 0.1 * kick), awake);
    vec3 color = mix(ground * (1.0 + 0.25 * level), figure, shape);

    // A small accent that hats light, and the grain of the print.
    float bead = disc(q - vec2(0.3, 0.3), 0.07, px) * step(0.78, fract(a * 7.0)) * (1.0 - shape);
    color = mix(color, lin(light), bead * (0.1 + 0.8 * hat));
    float grain = hash(ivec2(gl_FragCoord.xy)) - 0.5;
    color *= 1.0 + 0.07 * grain;
    vec2 frame = isf_FragNormCoord - 0.5;
    gl_FragColor = vec4(develop(color * (1.04 - 0.45 * dot(frame, frame))), 1.0);
}
