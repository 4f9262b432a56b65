/*{
  "DESCRIPTION": "A map of an unknown country: lines of equal height glow and shift; the bass lifts the land, the beat runs through the lines.",
  "CREDIT": "Songreel",
  "ISFVSN": "2",
  "CATEGORIES": ["Generator", "Abstract"],
  "SONGREEL": {
    "family": "abstract",
    "energy": [0.0, 0.8],
    "moods": ["minimal", "calm", "modern", "mysterious"],
    "words": {
      "en": ["contours", "topographic", "map", "lines", "minimal", "abstract", "terrain"],
      "zh": ["等高线", "地形", "线条", "极简", "地图", "抽象"]
    },
    "resolution": 0.52
  },
  "INPUTS": [
    {"NAME": "lines", "LABEL": "Lines", "TYPE": "float", "DEFAULT": 0.5, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "scale", "LABEL": "Scale", "TYPE": "float", "DEFAULT": 0.5, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "speed", "LABEL": "Speed", "TYPE": "float", "DEFAULT": 0.5, "MIN": 0.0, "MAX": 1.0},
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
  ],
  "PASSES": [
    {"TARGET": "land", "WIDTH": "$WIDTH/3", "HEIGHT": "$HEIGHT/3", "FLOAT": true},
    {}
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

// Value noise 0...1; the four corners are hashed side by side.
float noise(vec2 p) {
    vec2 cell = floor(p);
    vec2 f = p - cell;
    uvec2 low = uvec2(ivec2(cell)) * uvec2(0x9E3779B1u, 0x85EBCA77u);
    uvec2 high = low + uvec2(0x9E3779B1u, 0x85EBCA77u);
    uvec4 n = uvec4(low.x, high.x, low.x, high.x) ^ uvec4(low.y, low.y, high.y, high.y);
    n ^= n >> 15u;
    n *= 0x2C1B3C6Du;
    n ^= n >> 13u;
    vec4 corner = vec4(ivec4(n >> 8u));
    f = f * f * (3.0 - 2.0 * f);
    vec2 side = corner.xz + (corner.yw - corner.xz) * f.x;
    return (side.x + (side.y - side.x) * f.y) * (1.0 / 16777216.0);
}

// Halve with each step of x from 0 on, nearly; an eighth of the cost of exp2.
float fade(float x) {
    return 1.0 / (1.0 + x * (0.6931 + x * (0.2402 + x * (0.0555 + x * 0.0096))));
}

// The smooth step, whose division is done once when the edges are constant.
float ramp(float from, float to, float x) {
    float t = clamp((x - from) * (1.0 / (to - from)), 0.0, 1.0);
    return t * t * (3.0 - 2.0 * t);
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
void main() {
    vec2 canvas = RENDERSIZE / min(RENDERSIZE.x, RENDERSIZE.y);
    vec2 uv = (isf_FragNormCoord - 0.5) * canvas;
    float clock = (TIME * 0.016 + travel * 0.035) * (0.3 + 1.4 * speed);
    vec2 at = uv * (2.4 - 1.3 * scale) + vec2(seed * 1.7 + clock * 0.3, seed * 0.9);
    if (PASSINDEX == 0) {
        // Broad land, bent by its own winds; slopes come along, so that lines keep their width.
        vec3 height = vec3(0.0);
        for (int i = 0; i < 3; i++) {
            vec2 p = at + 0.004 * vec2(i == 1 ? 1.0 : 0.0, i == 2 ? 1.0 : 0.0);
            vec2 bend = vec2(noise(p * 0.9 + clock), noise(p * 0.9 - clock + 17.0)) - 0.5;
            float h = noise(p + bend * (1.1 + 0.12 * bass) + vec2(0.0, clock * 0.4)) * 0.74 + noise(p * 2.1 - bend * 1.6 + 7.0) * 0.26;
            height[i] = h;
        }
        float lift = noise(at * 0.6 - clock * 0.5 + 31.0);
        gl_FragColor = vec4(height.x, (height.yz - height.x) / 0.004, lift);
    } else {
        float px = canvas.x / RENDERSIZE.x * (2.4 - 1.3 * scale);
        vec4 ground = IMG_NORM_PIXEL(land, isf_FragNormCoord);
        float steep = length(ground.yz) + 0.05;
        float count = 10.0 + 20.0 * lines;
        float level_at = ground.x * count + 0.12 * kick + clock * 0.8;
        float index = floor(level_at + 0.5);
        float away = abs(level_at - index);
        float width = count * steep * px;
        float fifth = step(0.5, 1.0 - abs(index - 5.0 * floor(index / 5.0 + 0.5)));
        float line = max(1.0 - away / (width * (1.1 + 1.1 * fifth) + 0.004), 0.0);
        line *= min(0.35 / width, 1.0);
        float glow = fade(away / (0.06 + 0.06 * bass) * 1.5) * (0.1 + 0.14 * fifth);

        // Every beat a light runs uphill from line to line.
        float run = abs(fract(ground.x * 1.6 - beat * 0.8 - 0.17 * beatCount) - 0.5) * 2.0;
        float wave = max(1.0 - run * 3.0, 0.0) * (1.0 - beat) * min(beat * 5.0, 1.0) * min(level * 2.0, 1.0) * (0.3 + 0.7 * energy);
        float lit = clamp(dot(ground.yz, vec2(-0.3, 0.5)) * 0.42 + 0.5, 0.0, 1.0);
        float high = ramp(0.25, 0.8, ground.x);
        vec3 color = mix(lin(ink) * 0.35, lin(shade) * 0.62, high * 0.75 + 0.25 * lit) * (0.6 + 0.75 * lit);
        float strong = 0.24 + 0.4 * high + 0.35 * energy + 0.14 * kick;
        float drawn = (line * (0.75 + 0.5 * fifth) + glow) * strong * (1.0 + 1.6 * wave + 0.5 * snare * fifth);
        float white = drawn * (0.22 + 0.3 * fifth);

        // Summits carry a mark that hats light.
        float summit = clamp((ground.x - 0.8) * 16.7, 0.0, 1.0) * clamp((1.3 - steep) * 1.11, 0.0, 1.0) * (0.12 + 0.6 * hat);
        float tinted = high * high * lit * (0.08 + 0.22 * energy + 0.2 * bass + 0.15 * drop) + drawn - white + 0.4 * summit;
        float cool = tinted * ramp(0.35, 0.7, ground.w + 0.12 * mid);
        color += lin(primary) * (tinted - cool) + lin(accent) * cool + lin(light) * (white + 0.6 * summit);
        vec2 frame = isf_FragNormCoord - 0.5;
        gl_FragColor = vec4(develop(color * (1.08 - 0.9 * dot(frame, frame))), 1.0);
    }
}
