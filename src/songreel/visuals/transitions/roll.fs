/*{
  "ISFVSN": "2",
  "DESCRIPTION": "The film slips in its gate: the picture rolls up, smeared, until the next one locks in",
  "CREDIT": "Songreel",
  "CATEGORIES": ["Transition"],
  "INPUTS": [
    {"NAME": "startImage", "TYPE": "image"},
    {"NAME": "endImage", "TYPE": "image"},
    {"NAME": "progress", "TYPE": "float", "DEFAULT": 0, "MIN": 0, "MAX": 1, "LABEL": "0 is the picture before, 1 the one after"},
    {"NAME": "ink", "TYPE": "color", "DEFAULT": [0.03, 0.03, 0.06, 1], "LABEL": "The darkest color"}
  ],
  "PASSES": [
    {"TARGET": "rows", "WIDTH": "min($WIDTH, 480)", "HEIGHT": "min($HEIGHT, 120)"},
    {"TARGET": "smear", "WIDTH": "min($WIDTH, 480)", "HEIGHT": "min($HEIGHT, 120)"},
    {}
  ],
  "SONGREEL": {"words": {"en": ["film roll", "roll", "vertical roll", "film slip"], "zh": ["胶片滚动", "滚动转场", "跳片"]}}
}*/

const float LINE = 0.03;

// Both pictures one below the other, a dark line between them, as on a strip of film.
vec4 strip(float x, float place) {
    if (place >= 0.0) {
        return IMG_NORM_PIXEL(startImage, vec2(x, place));
    }
    if (place < -LINE && place >= -1.0 - LINE) {
        return IMG_NORM_PIXEL(endImage, vec2(x, place + 1.0 + LINE));
    }
    return vec4(ink.rgb, 1.0);
}

void main() {
    vec2 at = isf_FragNormCoord;
    // It slips, runs a little beyond its place and falls back into it.
    float run = clamp(progress / 0.86, 0.0, 1.0);
    float t = run * run * run * (run * (6.0 * run - 15.0) + 10.0);
    t += 0.02 * sin(3.14159265 * clamp((progress - 0.8) / 0.2, 0.0, 1.0));
    t = progress >= 1.0 ? 1.0 : t;
    float y = at.y - t * (1.0 + LINE);
    float reach = 0.14 * 16.0 * run * run * (1.0 - run) * (1.0 - run);
    if (PASSINDEX == 0) {
        vec4 sum = vec4(0.0);
        for (int i = 0; i < 4; i++) {
            sum += strip(at.x, y + (float(i) - 1.5) * 0.25 * max(1.0 / RENDERSIZE.y, reach / 10.0));
        }
        gl_FragColor = sum * 0.25;
    } else if (PASSINDEX == 1) {
        vec4 sum = vec4(0.0);
        for (int i = 0; i < 10; i++) {
            sum += IMG_NORM_PIXEL(rows, vec2(at.x, clamp(at.y + ((float(i) + 0.5) / 10.0 - 0.5) * reach, 0.0, 1.0)));
        }
        gl_FragColor = sum / 10.0;
    } else {
        float share = smoothstep(0.0, 0.05, reach);
        vec4 color = IMG_NORM_PIXEL(smear, at);
        if (share < 1.0) {
            vec4 sharp = progress >= 1.0 ? IMG_THIS_PIXEL(endImage) : strip(at.x, y);
            color = mix(progress <= 0.0 ? IMG_THIS_PIXEL(startImage) : sharp, color, share);
        }
        gl_FragColor = color;
    }
}
