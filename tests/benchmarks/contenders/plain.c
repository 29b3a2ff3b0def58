/* The same updates in plain C, on one core: how fast they can be. Sizes are known to the compiler:

   ROWS, STEPS, FEATURES, UNITS, LAYERS, OUTPUTS, READ (the last READ steps have a target);
   GATES: 1 SimpleRNN, 3 GRU, 4 LSTM; LOSS: 0 squared error, 1 sigmoid, 2 softmax;
   OPTIMIZER: 0 SGD, 1 Adagrad, 2 RMSprop, 3 Adam.

   Arrays are feature-major, as the engine's: a Lane is some rows of one number. The lanes' last
   rows may be of no window; where the way back begins, their gradient is zero. */

#include <math.h>
#include <string.h>

#define LANES (ROWS > 8 ? 16 : 8)
#define N ((ROWS + LANES - 1) / LANES)
#define COLUMNS (GATES * UNITS)
#define OWN(inputs) ((inputs) * COLUMNS + UNITS * COLUMNS + (GATES == 3 ? 2 : 1) * COLUMNS)
#define TOTAL (OWN(FEATURES) + (LAYERS - 1) * OWN(UNITS) + UNITS * OUTPUTS + OUTPUTS)
#define STATES (GATES == 4 ? 2 : 1)
#define INLINE static inline __attribute__((always_inline))

typedef float Lane __attribute__((vector_size(4 * LANES)));
typedef int Whole __attribute__((vector_size(4 * LANES)));

static Lane inputs[STEPS][FEATURES][N], in_use[N];
static Lane output[LAYERS][STEPS + 1][UNITS][N], memory[LAYERS][STEPS + 1][UNITS][N];
static Lane gate[LAYERS][STEPS][4 * UNITS][N]; /* i f g o; or z r n p */
static Lane said[READ][OUTPUTS][N], d_said[READ][OUTPUTS][N];
static Lane d_output[STEPS][UNITS][N], d_sums[STEPS][COLUMNS][N], d_from_state[STEPS][COLUMNS][N];
static float gradient[TOTAL];

INLINE Lane limited(Lane x, float most) {
  Whole above = x > most, below = x < -most;
  Lane ends = (Lane)(((Whole)(x * 0 + most) & above) | ((Whole)(x * 0 - most) & below));
  return (Lane)(((Whole)x & ~(above | below)) | (Whole)ends);
}

INLINE Lane exponential(Lane x) { /* 2^whole 2^rest, where rest is within half of zero */
  Lane power = limited(x, 87) * 1.44269504f, whole = (power + 12582912.f) - 12582912.f;
  Lane f = (power - whole) * 0.69314718f;
  Lane series = 1 + f * (1 + f * (1 / 2.f + f * (1 / 6.f + f * (1 / 24.f + f * (1 / 120.f + f / 720)))));
  return series * (Lane)((__builtin_convertvector(whole, Whole) + 127) << 23);
}

INLINE Lane sigmoid(Lane x) { return 1 / (1 + exponential(-x)); }
INLINE Lane tangent(Lane x) { return 1 - 2 / (1 + exponential(2 * x)); }

INLINE float total(Lane x) {
  float sum = 0;
  for (int k = 0; k < LANES; k++) sum += x[k];
  return sum;
}

/* out[o] += sum over i of kernel[i * across + o * down] in[i], for four outputs at a time. */
INLINE void add_product(int ins, int outs, int across, int down, const float *kernel,
                        Lane (*in)[N], Lane (*out)[N]) {
  int o = 0;
  for (; o + 4 <= outs; o += 4)
    for (int n = 0; n < N; n++) {
      Lane a = out[o][n], b = out[o + 1][n], c = out[o + 2][n], d = out[o + 3][n];
      for (int i = 0; i < ins; i++) {
        const float *w = kernel + i * across + o * down;
        a += w[0] * in[i][n], b += w[down] * in[i][n];
        c += w[2 * down] * in[i][n], d += w[3 * down] * in[i][n];
      }
      out[o][n] = a, out[o + 1][n] = b, out[o + 2][n] = c, out[o + 3][n] = d;
    }
  for (; o < outs; o++)
    for (int i = 0; i < ins; i++)
      for (int n = 0; n < N; n++) out[o][n] += kernel[i * across + o * down] * in[i][n];
}

/* The gradient of a kernel: the sum over steps and rows of in[i] d_out[o]. */
INLINE void kernel_gradient(int steps, int ins, int outs, Lane *in, Lane *d_out, float *into) {
  for (int i = 0; i < ins; i++) {
    int o = 0;
    for (; o + 4 <= outs; o += 4) {
      Lane a = {0}, b = {0}, c = {0}, d = {0};
      for (int t = 0; t < steps; t++)
        for (int n = 0; n < N; n++) {
          Lane x = in[(t * ins + i) * N + n], *y = d_out + (t * outs + o) * N + n;
          a += x * y[0], b += x * y[N], c += x * y[2 * N], d += x * y[3 * N];
        }
      float *to = into + i * outs + o;
      to[0] = total(a), to[1] = total(b), to[2] = total(c), to[3] = total(d);
    }
    for (; o < outs; o++) {
      Lane a = {0};
      for (int t = 0; t < steps; t++)
        for (int n = 0; n < N; n++) a += in[(t * ins + i) * N + n] * d_out[(t * outs + o) * N + n];
      into[i * outs + o] = total(a);
    }
  }
}

INLINE void bias_gradient(int steps, int outs, Lane *d_out, float *into) {
  for (int o = 0; o < outs; o++) {
    Lane sum = {0};
    for (int t = 0; t < steps; t++)
      for (int n = 0; n < N; n++) sum += d_out[(t * outs + o) * N + n];
    into[o] = total(sum);
  }
}

INLINE void spread(int outs, const float *bias, Lane (*out)[N]) {
  for (int o = 0; o < outs; o++)
    for (int n = 0; n < N; n++) out[o][n] = (Lane){0} + bias[o];
}

INLINE void forward(int layer, int ins, const float *w, Lane *in) {
  const float *recurrent = w + ins * COLUMNS, *bias = recurrent + UNITS * COLUMNS;
  for (int t = 0; t < STEPS; t++) {
    Lane sums[COLUMNS][N], from_state[COLUMNS][N];
    Lane(*before)[N] = output[layer][t], (*h)[N] = output[layer][t + 1];
    Lane(*c)[N] = memory[layer][t + 1], (*saved)[N] = gate[layer][t];
    spread(COLUMNS, bias, sums);
    add_product(ins, COLUMNS, COLUMNS, 1, w, (Lane(*)[N])(in + t * ins * N), sums);
    if (GATES == 3) {
      spread(COLUMNS, bias + COLUMNS, from_state);
      add_product(UNITS, COLUMNS, COLUMNS, 1, recurrent, before, from_state);
    } else
      add_product(UNITS, COLUMNS, COLUMNS, 1, recurrent, before, sums);
    for (int u = 0; u < UNITS; u++)
      for (int n = 0; n < N; n++) {
        Lane *a = sums[u] + n, *s = saved[u] + n, *p = from_state[u] + n;
        const int next = UNITS * N;
        if (GATES == 1) h[u][n] = tangent(a[0]);
        if (GATES == 3) {
          s[0] = sigmoid(a[0] + p[0]), s[next] = sigmoid(a[next] + p[next]);
          s[3 * next] = p[2 * next];
          s[2 * next] = tangent(a[2 * next] + s[next] * p[2 * next]);
          h[u][n] = s[0] * before[u][n] + (1 - s[0]) * s[2 * next];
        }
        if (GATES == 4) {
          s[0] = sigmoid(a[0]), s[next] = sigmoid(a[next]);
          s[2 * next] = tangent(a[2 * next]), s[3 * next] = sigmoid(a[3 * next]);
          c[u][n] = s[next] * memory[layer][t][u][n] + s[0] * s[2 * next];
          h[u][n] = s[3 * next] * tangent(c[u][n]);
        }
      }
  }
}

/* From d_output, the gradient of this layer's outputs, to that of the layer's below. */
INLINE void backward(int layer, int ins, const float *w, Lane *in, float *into) {
  const float *recurrent = w + ins * COLUMNS;
  Lane d_h[UNITS][N], d_c[UNITS][N];
  memset(d_h, 0, sizeof d_h), memset(d_c, 0, sizeof d_c);
  for (int t = STEPS - 1; t >= 0; t--) {
    Lane(*before)[N] = output[layer][t], (*h)[N] = output[layer][t + 1];
    Lane(*c)[N] = memory[layer][t + 1], (*saved)[N] = gate[layer][t], (*back)[N] = d_sums[t];
    for (int u = 0; u < UNITS; u++)
      for (int n = 0; n < N; n++) {
        Lane *s = saved[u] + n, *d = d_sums[t][u] + n, *e = d_from_state[t][u] + n;
        const int next = UNITS * N;
        Lane own = d_h[u][n] + d_output[t][u][n];
        if (GATES == 1) d[0] = own * (1 - h[u][n] * h[u][n]);
        if (GATES == 3) {
          Lane z = s[0], r = s[next], p = s[3 * next], m = s[2 * next];
          d[2 * next] = own * (1 - z) * (1 - m * m);
          d[0] = e[0] = own * (before[u][n] - m) * z * (1 - z);
          d[next] = e[next] = d[2 * next] * p * r * (1 - r);
          e[2 * next] = d[2 * next] * r;
          d_h[u][n] = own * z;
        }
        if (GATES == 4) {
          Lane i = s[0], f = s[next], g = s[2 * next], o = s[3 * next], squashed = tangent(c[u][n]);
          d_c[u][n] += own * o * (1 - squashed * squashed);
          d[0] = d_c[u][n] * g * i * (1 - i);
          d[next] = d_c[u][n] * memory[layer][t][u][n] * f * (1 - f);
          d[2 * next] = d_c[u][n] * i * (1 - g * g);
          d[3 * next] = own * squashed * o * (1 - o);
          d_c[u][n] *= f;
        }
      }
    if (GATES == 3)
      back = d_from_state[t];
    else
      memset(d_h, 0, sizeof d_h);
    add_product(COLUMNS, UNITS, 1, COLUMNS, recurrent, back, d_h);
  }
  Lane *sums = d_sums[0][0], *from_state = GATES == 3 ? d_from_state[0][0] : sums;
  float *own = into + ins * COLUMNS, *bias = own + UNITS * COLUMNS;
  kernel_gradient(STEPS, ins, COLUMNS, in, sums, into);
  kernel_gradient(STEPS, UNITS, COLUMNS, output[layer][0][0], from_state, own);
  bias_gradient(STEPS, COLUMNS, sums, bias);
  if (GATES == 3) bias_gradient(STEPS, COLUMNS, from_state, bias + COLUMNS);
  if (layer) {
    memset(d_output, 0, sizeof d_output);
    for (int t = 0; t < STEPS; t++) add_product(COLUMNS, UNITS, 1, COLUMNS, w, d_sums[t], d_output[t]);
  }
}

/* The mean loss of a window, and the gradient of what is said. */
INLINE float judge(const float *y) {
  float loss = 0;
  memset(d_said, 0, sizeof d_said);
  for (int t = 0; t < READ; t++)
    for (int n = 0; n < N; n++) {
      Lane target = {0}, cost = {0}, all = {0};
      for (int k = 0; k < LANES && n * LANES + k < ROWS; k++) target[k] = y[t * ROWS + n * LANES + k];
      if (LOSS == 0) {
        Lane error = said[t][0][n] - target;
        cost = error * error, d_said[t][0][n] = 2 * error;
      } else if (LOSS == 1) {
        Lane p = sigmoid(said[t][0][n]);
        d_said[t][0][n] = p - target;
        for (int k = 0; k < LANES; k++) cost[k] = -logf(target[k] > 0 ? p[k] : 1 - p[k]);
      } else {
        Lane odds[OUTPUTS], of_target = {0};
        for (int o = 0; o < OUTPUTS; o++) all += odds[o] = exponential(said[t][o][n]);
        for (int o = 0; o < OUTPUTS; o++) {
          Lane right = -__builtin_convertvector(target == (float)o, Lane);
          of_target += right * odds[o], d_said[t][o][n] = odds[o] / all - right;
        }
        cost = of_target / all;
        for (int k = 0; k < LANES; k++) cost[k] = -logf(cost[k]);
      }
      loss += total(cost * in_use[n]);
      for (int o = 0; o < OUTPUTS; o++) d_said[t][o][n] *= in_use[n] / (READ * ROWS);
    }
  return loss / (READ * ROWS);
}

INLINE void optimize(float *restrict w, float *restrict slots, float rate, int count) {
  float *restrict mean = slots, *restrict square = slots + TOTAL;
  float corrected = rate * sqrtf(1 - powf(.999f, count)) / (1 - powf(.9f, count));
  for (int k = 0; k < TOTAL; k++) {
    float g = gradient[k];
    if (OPTIMIZER == 0) w[k] -= rate * g;
    if (OPTIMIZER == 1) mean[k] += g * g, w[k] -= rate * g / sqrtf(mean[k] + 1e-7f);
    if (OPTIMIZER == 2) mean[k] = .9f * mean[k] + .1f * g * g, w[k] -= rate * g / sqrtf(mean[k] + 1e-7f);
    if (OPTIMIZER == 3) {
      mean[k] += .1f * (g - mean[k]), square[k] += .001f * (g * g - square[k]);
      w[k] -= corrected * mean[k] / (sqrtf(square[k]) + 1e-7f);
    }
  }
}

/* x (updates, steps, features, rows), y (updates, read, rows), losses (updates,). */
void train(int updates, const float *x, const float *y, const float *keep, float *w, float *slots,
           float rate, int *count, float *losses) {
  float *dense = w + OWN(FEATURES) + (LAYERS - 1) * OWN(UNITS), *d_dense = gradient + (dense - w);
  for (int k = 0; k < N * LANES; k++) in_use[k / LANES][k % LANES] = k < ROWS;
  for (int update = 0; update < updates; update++) {
    for (int l = 0; l < LAYERS; l++)
      for (int u = 0; u < UNITS; u++)
        for (int n = 0; n < N; n++) {
          output[l][0][u][n] = output[l][STEPS][u][n] * keep[update];
          memory[l][0][u][n] = memory[l][STEPS][u][n] * keep[update];
        }
    for (int k = 0; k < STEPS * FEATURES; k++)
      memcpy(((Lane(*)[N])inputs)[k], x + (update * STEPS * FEATURES + k) * ROWS, ROWS * sizeof(float));
    forward(0, FEATURES, w, inputs[0][0]);
    for (int l = 1; l < LAYERS; l++)
      forward(l, UNITS, w + OWN(FEATURES) + (l - 1) * OWN(UNITS), output[l - 1][1][0]);
    Lane(*top)[UNITS][N] = output[LAYERS - 1] + STEPS + 1 - READ;
    for (int t = 0; t < READ; t++) {
      spread(OUTPUTS, dense + UNITS * OUTPUTS, said[t]);
      add_product(UNITS, OUTPUTS, OUTPUTS, 1, dense, top[t], said[t]);
    }
    losses[update] = judge(y + update * READ * ROWS);
    kernel_gradient(READ, UNITS, OUTPUTS, top[0][0], d_said[0][0], d_dense);
    bias_gradient(READ, OUTPUTS, d_said[0][0], d_dense + UNITS * OUTPUTS);
    memset(d_output, 0, sizeof d_output);
    for (int t = 0; t < READ; t++)
      add_product(OUTPUTS, UNITS, 1, OUTPUTS, dense, d_said[t], d_output[STEPS - READ + t]);
    for (int l = LAYERS - 1; l; l--) {
      int own = OWN(FEATURES) + (l - 1) * OWN(UNITS);
      backward(l, UNITS, w + own, output[l - 1][1][0], gradient + own);
    }
    backward(0, FEATURES, w, inputs[0][0], gradient);
    optimize(w, slots, rate, ++*count);
  }
}
