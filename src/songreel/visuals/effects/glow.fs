/*{
  "ISFVSN": "2",
  "DESCRIPTION": "What is bright spills soft light around itself, a little further on the beat",
  "CREDIT": "Songreel",
  "CATEGORIES": ["Effect"],
  "INPUTS": [
    {"NAME": "inputImage", "TYPE": "image"},
    {"NAME": "amount", "TYPE": "float", "DEFAULT": 0.5, "MIN": 0, "MAX": 1, "LABEL": "How strong; 0 changes nothing"},
    {"NAME": "pulse", "TYPE": "float", "DEFAULT": 0, "MIN": 0, "MAX": 1, "LABEL": "Swells on each beat"}
  ],
  "PASSES": [
    {"TARGET": "bright", "WIDTH": "ceil($WIDTH/8)", "HEIGHT": "ceil($HEIGHT/8)"},
    {"TARGET": "across", "WIDTH": "ceil($WIDTH/8)", "HEIGHT": "ceil($HEIGHT/8)"},
    {"TARGET": "halo", "WIDTH": "ceil($WIDTH/8)", "HEIGHT": "ceil($HEIGHT/8)"},
    {}
  ],
  "SONGREEL": {"words": {"en": ["glow", "bloom", "soft glow", "halation"], "zh": ["辉光", "柔光", "泛光"]}}
}*/

const float REACH = 0.011;

// What is kept of a color: nothing of the dark, all of the bright, without an edge between.
vec3 lit(vec2 at) {
    vec3 color = IMG_NORM_PIXEL(inputImage, at).rgb;
    return color * smoothstep(0.15, 0.75, max(color.r, max(color.g, color.b)));
}

// A Gaussian of nine samples, taken as five between texels.
vec3 spread(vec2 at, vec2 along) {
    if (PASSINDEX == 1) {
        return 0.227 * IMG_NORM_PIXEL(bright, at).rgb
            + 0.3162 * (IMG_NORM_PIXEL(bright, at + along * 1.385).rgb + IMG_NORM_PIXEL(bright, at - along * 1.385).rgb)
            + 0.0703 * (IMG_NORM_PIXEL(bright, at + along * 3.231).rgb + IMG_NORM_PIXEL(bright, at - along * 3.231).rgb);
    }
    return 0.227 * IMG_NORM_PIXEL(across, at).rgb
        + 0.3162 * (IMG_NORM_PIXEL(across, at + along * 1.385).rgb + IMG_NORM_PIXEL(across, at - along * 1.385).rgb)
        + 0.0703 * (IMG_NORM_PIXEL(across, at + along * 3.231).rgb + IMG_NORM_PIXEL(across, at - along * 3.231).rgb);
}

void main() {
    vec2 at = isf_FragNormCoord;
    if (PASSINDEX == 0) {
        vec2 apart = 0.25 / RENDERSIZE;
        vec3 sum = lit(at + apart) + lit(at - apart);
        apart.x = -apart.x;
        gl_FragColor = vec4((sum + lit(at + apart) + lit(at - apart)) * 0.25, 1.0);
    } else if (PASSINDEX == 1) {
        gl_FragColor = vec4(spread(at, vec2(REACH * RENDERSIZE.y / RENDERSIZE.x, 0.0)), 1.0);
    } else if (PASSINDEX == 2) {
        gl_FragColor = vec4(spread(at, vec2(0.0, REACH)), 1.0);
    } else {
        vec4 color = IMG_THIS_PIXEL(inputImage);
        vec3 light = clamp(amount * (1.2 + 0.4 * pulse) * IMG_NORM_PIXEL(halo, at).rgb, 0.0, 1.0);
        gl_FragColor = vec4(1.0 - (1.0 - color.rgb) * (1.0 - light), color.a);
    }
}
