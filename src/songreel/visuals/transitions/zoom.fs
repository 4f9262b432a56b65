/*{
  "ISFVSN": "2",
  "DESCRIPTION": "The camera dives into one picture and comes out of the next",
  "CREDIT": "Songreel",
  "CATEGORIES": ["Transition"],
  "INPUTS": [
    {"NAME": "startImage", "TYPE": "image"},
    {"NAME": "endImage", "TYPE": "image"},
    {"NAME": "progress", "TYPE": "float", "DEFAULT": 0, "MIN": 0, "MAX": 1}
  ],
  "PASSES": [
    {"TARGET": "small", "WIDTH": "ceil($WIDTH/3)", "HEIGHT": "ceil($HEIGHT/3)"},
    {"TARGET": "flight", "WIDTH": "ceil($WIDTH/3)", "HEIGHT": "ceil($HEIGHT/3)"},
    {}
  ],
  "SONGREEL": {"words": {"en": ["zoom", "zoom through", "dive"], "zh": ["变焦", "推进"]}}
}*/

vec4 view(vec2 at) {
    float t = progress * progress * (3.0 - 2.0 * progress);
    float share = smoothstep(0.35, 0.65, progress);
    vec2 from = at - 0.5;
    vec4 color = vec4(0.0);
    if (share < 1.0) {
        color += (1.0 - share) * IMG_NORM_PIXEL(startImage, 0.5 + from / (1.0 + 1.6 * t));
    }
    if (share > 0.0) {
        color += share * IMG_NORM_PIXEL(endImage, 0.5 + from / (1.0 + 0.9 * (1.0 - t)));
    }
    return color;
}

void main() {
    float speed = 4.0 * progress * (1.0 - progress);
    vec2 at = isf_FragNormCoord;
    if (PASSINDEX == 0) {
        gl_FragColor = view(at);
    } else if (PASSINDEX == 1) {
        // Smeared along the way of flight: not at all in the middle, more towards the border.
        vec4 sum = vec4(0.0);
        for (int i = 0; i < 9; i++) {
            sum += IMG_NORM_PIXEL(small, 0.5 + (at - 0.5) * (1.0 + (float(i) / 8.0 - 0.5) * 0.22 * speed));
        }
        gl_FragColor = sum / 9.0;
    } else {
        float share = smoothstep(0.05, 0.5, speed);
        vec4 color = IMG_NORM_PIXEL(flight, at);
        if (share < 1.0) {
            color = mix(view(at), color, share);
        }
        gl_FragColor = color;
    }
}
