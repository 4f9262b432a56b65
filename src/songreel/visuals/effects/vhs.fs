/*{
  "ISFVSN": "2",
  "DESCRIPTION": "A worn tape: colors smear to the right, lines waver, a band of noise rolls by",
  "CREDIT": "Songreel",
  "CATEGORIES": ["Effect"],
  "INPUTS": [
    {"NAME": "inputImage", "TYPE": "image"},
    {"NAME": "amount", "TYPE": "float", "DEFAULT": 0.5, "MIN": 0, "MAX": 1, "LABEL": "How strong; 0 changes nothing"},
    {"NAME": "pulse", "TYPE": "float", "DEFAULT": 0, "MIN": 0, "MAX": 1},
    {"NAME": "bass", "TYPE": "float", "DEFAULT": 0, "MIN": 0, "MAX": 1},
    {"NAME": "seed", "TYPE": "float", "DEFAULT": 0, "MIN": 0, "MAX": 1000}
  ],
  "PASSES": [
    {"TARGET": "smear", "WIDTH": "ceil($WIDTH/4)", "HEIGHT": "ceil($HEIGHT/2)"},
    {}
  ],
  "SONGREEL": {"words": {"en": ["vhs", "tape", "retro video", "80s tape"], "zh": ["录像带", "复古录像", "VHS"]}}
}*/

uint pcg(uint state) {
    state = state * 747796405u + 2891336453u;
    uint word = ((state >> ((state >> 28u) + 4u)) ^ state) * 277803737u;
    return (word >> 22u) ^ word;
}

float chance(uint a, uint b, uint c) {
    return float(pcg(a + pcg(b + pcg(c))) >> 8u) / 16777216.0;
}

void main() {
    vec2 at = isf_FragNormCoord;
    if (PASSINDEX == 0) {
        // Color has a tenth of the detail that light has: average it over what lies to the left.
        vec3 sum = vec3(0.0);
        for (int i = 0; i < 6; i++) {
            sum += IMG_NORM_PIXEL(inputImage, at - vec2(float(i) * 0.0032 * amount, 0.0)).rgb;
        }
        gl_FragColor = vec4(sum / 6.0, 1.0);
        return;
    }
    float lines = 240.0;
    uint line = uint(int(at.y * lines));
    uint now = uint(int(TIME * 24.0) + 4096);
    uint s = uint(int(seed));
    // The tape's own tremble, and a torn band that climbs through the picture every seven seconds.
    float tremble = (chance(line, now, s) - 0.5) * 0.0016 + 0.0012 * sin(at.y * 9.0 + TIME * 2.3);
    float band = fract(TIME / 7.0) * 1.3 - 0.15;
    float off = (at.y - band) * 26.0;
    float torn = exp(-off * off);
    float aside = amount * (tremble + torn * (0.018 + 0.03 * chance(line, now, s + 3u)) + pulse * (0.003 + 0.004 * torn));
    vec2 home = vec2(at.x + aside, at.y);
    vec4 sharp = IMG_NORM_PIXEL(inputImage, home);
    float luma = dot(sharp.rgb, vec3(0.299, 0.587, 0.114));
    vec3 tint = IMG_NORM_PIXEL(smear, home).rgb;
    vec3 color = vec3(luma) + (tint - dot(tint, vec3(0.299, 0.587, 0.114))) * (1.0 + 0.25 * amount);
    float scan = 0.5 + 0.5 * cos(at.y * lines * 6.2831853);
    color *= 1.0 - amount * 0.10 * scan;
    float snow = chance(uint(int(at.x * 320.0)), line, now + s) - 0.5;
    color += amount * snow * (0.05 + 0.45 * torn);
    color = mix(color, color * vec3(1.03, 0.99, 0.95) + vec3(0.02, 0.01, 0.03), amount * (0.7 + 0.3 * bass));
    gl_FragColor = vec4(mix(sharp.rgb, clamp(color, 0.0, 1.0), min(amount * 8.0, 1.0)), sharp.a);
}
