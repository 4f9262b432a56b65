/*{
  "ISFVSN": "2",
  "DESCRIPTION": "The picture goes soft and comes back into focus on the beat",
  "CREDIT": "Songreel",
  "CATEGORIES": ["Effect"],
  "INPUTS": [
    {"NAME": "inputImage", "TYPE": "image"},
    {"NAME": "amount", "TYPE": "float", "DEFAULT": 0.5, "MIN": 0, "MAX": 1, "LABEL": "How strong; 0 changes nothing"},
    {"NAME": "pulse", "TYPE": "float", "DEFAULT": 0, "MIN": 0, "MAX": 1}
  ],
  "PASSES": [
    {"TARGET": "small", "WIDTH": "ceil($WIDTH/4)", "HEIGHT": "ceil($HEIGHT/4)"},
    {"TARGET": "across", "WIDTH": "ceil($WIDTH/4)", "HEIGHT": "ceil($HEIGHT/4)"},
    {"TARGET": "soft", "WIDTH": "ceil($WIDTH/4)", "HEIGHT": "ceil($HEIGHT/4)"},
    {}
  ],
  "SONGREEL": {"words": {"en": ["blur", "soft focus", "dreamy blur"], "zh": ["模糊", "柔焦"]}}
}*/

// A Gaussian of nine samples, taken as five between texels, at a quarter of the size.
vec3 soften(vec2 at, vec2 along) {
    if (PASSINDEX == 1) {
        return 0.227 * IMG_NORM_PIXEL(small, at).rgb
            + 0.3162 * (IMG_NORM_PIXEL(small, at + along * 1.385).rgb + IMG_NORM_PIXEL(small, at - along * 1.385).rgb)
            + 0.0703 * (IMG_NORM_PIXEL(small, at + along * 3.231).rgb + IMG_NORM_PIXEL(small, at - along * 3.231).rgb);
    }
    return 0.227 * IMG_NORM_PIXEL(across, at).rgb
        + 0.3162 * (IMG_NORM_PIXEL(across, at + along * 1.385).rgb + IMG_NORM_PIXEL(across, at - along * 1.385).rgb)
        + 0.0703 * (IMG_NORM_PIXEL(across, at + along * 3.231).rgb + IMG_NORM_PIXEL(across, at - along * 3.231).rgb);
}

void main() {
    vec2 at = isf_FragNormCoord;
    float reach = amount * (1.0 - 0.6 * pulse) * 0.008;
    if (PASSINDEX == 0) {
        vec2 apart = 0.25 / RENDERSIZE;
        vec3 sum = IMG_NORM_PIXEL(inputImage, at + apart).rgb + IMG_NORM_PIXEL(inputImage, at - apart).rgb;
        apart.x = -apart.x;
        sum += IMG_NORM_PIXEL(inputImage, at + apart).rgb + IMG_NORM_PIXEL(inputImage, at - apart).rgb;
        gl_FragColor = vec4(sum * 0.25, 1.0);
    } else if (PASSINDEX == 1) {
        gl_FragColor = vec4(soften(at, vec2(reach * RENDERSIZE.y / RENDERSIZE.x, 0.0)), 1.0);
    } else if (PASSINDEX == 2) {
        gl_FragColor = vec4(soften(at, vec2(0.0, reach)), 1.0);
    } else {
        vec4 sharp = IMG_THIS_PIXEL(inputImage);
        float share = clamp(reach * 400.0, 0.0, 1.0);
        gl_FragColor = vec4(mix(sharp.rgb, IMG_NORM_PIXEL(soft, at).rgb, share), sharp.a);
    }
}
