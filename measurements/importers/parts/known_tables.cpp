// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/parts/known_tables.h"

#include <algorithm>

#include "importers/parts/column_map.h"

namespace importers {
namespace {

const std::vector<KnownTable>& tables() {
    static const std::vector<KnownTable> all = {
        // MicroNAS (King 2023): layers measured alone.
        {"micronas layers",
         {"board=board,core=core,clock_mhz=clock_mhz,runtime:=TFLM,kernels=backend,started=run,"
          "source:=board,op=op,cycles=cycles_op,cycles/invoke=cycles_invoke,latency_ms=ms_op,"
          "bytes/arena=arena_used_bytes,bytes/flatbuffer=tflite_bytes,note/macs=macs_computed"}},
        // Heim 2021: sweeps over filters and units; microseconds, and energy of the whole in J.
        {"heim layer sweeps",
         {"board=board,core=core,runtime:=TFLM,kernels=cmsis-nn,flags=compiler_optimization,"
          "source:=board,model=model,layer=layer,latency_us=layer_latency_mean,"
          "energy_j/model=energy_mean,power_w/model=power_mean"}},
        // Heim 2021: energy of each layer; seconds, joules, watts.
        {"heim layers energy",
         {"board=board,core=core,runtime:=TFLM,kernels=cmsis-nn,flags=compiler_optimization,"
          "source:=board,model=model_name,variant=weights,layer=layer,op=op,"
          "latency_s=layer_latency_mean,energy_j=layer_energy_mean,power_w=layer_power_mean"}},
        {"heim models energy",
         {"board=board,core=core,runtime:=TFLM,kernels=cmsis-nn,flags=compiler_optimization,"
          "source:=board,model=model_name,variant=weights,latency_s=latency_mean,"
          "energy_j=energy_mean,power_w=power_mean"}},
        {"heim models latency",
         {"board=board,core=core,runtime:=TFLM,kernels=cmsis-nn,flags=compiler_optimization,"
          "condition/FPU=FPU_status,source:=board,model=model,latency_us=tflu_mcu_benchmark_mean,"
          "latency_us/mean of 50=tflu_mcu_benchmark_mean_50,share/accuracy=tflu_mcu_accuracy,"
          "bytes/binary=binary_size"}},
        {"heim summary by operator",
         {"board=board,core=core,runtime:=TFLM,kernels=kernels,source:=board,model=model,"
          "variant=dtype,op=op,latency_ms=latency_ms,energy_mj=energy_mJ,power_mw=power_mW,"
          "note/clock assumed (MHz)=clock_mhz_assumed"}},
        {"mlperf tiny results",
         {"board=board,core=cpu_core,clock_mhz=clock_mhz,runtime=runtime,kernels=libraries,"
          "compiler=compiler,condition/system=system_id,condition/round=round,source:=board,"
          "model=benchmark,latency_ms=latency_ms,"
          "energy_uj=energy_uJ_per_inf,power_mw=energy_run_mean_power_mW,percent/top-1=top1_pct,"
          "share/AUC=auc"}},
        {"mlperf tiny power",
         {"board=board,core=core,clock_mhz=clock_mhz,runtime=runtime,condition/round=round,"
          "source:=board,power_mw=mean_power_mW,power_mw/least=min_mW,power_mw/most=max_mW"}},
        // MicroNets (Banbury 2021): one row per model, columns for three boards.
        {"micronets",
         {"board:=STM32F446RE,source:=board,model=model,latency_s=latency_s_STM32F446RE,"
          "energy_mj=energy_mJ_F446RE,kb/sram=sram_KB",
          "board:=STM32F746ZG,source:=board,model=model,latency_s=latency_s_STM32F746ZG,"
          "energy_mj=energy_mJ_F746ZG,kb/sram=sram_KB",
          "board:=STM32F767ZI,source:=board,model=model,latency_s=latency_s_STM32F767ZI,"
          "kb/sram=sram_KB"}},
        {"micronets 4 bit",
         {"board:=STM32F746ZG,source:=board,model=model,latency_s=latency_s_STM32F746ZG,"
          "percent/accuracy=accuracy_pct,kb/sram=sram_KB"}},
        {"st model zoo",
         {"board=board,core=core,clock_mhz=clock_mhz,runtime:=X-CUBE-AI,source:=board,"
          "runtime_version=cube_ai_version,model=model,variant=input,latency_ms=latency_ms,"
          "kib/activations=activation_ram_KiB,kib/weights=weights_flash_KiB,"
          "kib/total ram=total_ram_KiB,kib/total flash=total_flash_KiB"}},
        {"tflm person detect",
         {"source:=emulator,runtime:=TFLM,board=target,layer=op_index,op=op,ticks=ticks"}},
        {"tinyengine",
         {"board=mcu,core=core,kernels=library,source:=board,model=model,latency_ms=latency_ms,"
          "kb/peak sram=peak_sram_kB,kb/flash=flash_kB"}},
    };
    return all;
}

bool fits(const KnownTable& table, const CsvReader& rows) {
    return std::all_of(table.maps.begin(), table.maps.end(), [&](const char* text) {
        const auto map = parseColumnMap(text);
        return map && std::all_of(map->begin(), map->end(), [&](const ColumnRole& role) {
                   return role.isConstant || rows.column(role.column) >= 0;
               });
    });
}

}  // namespace

const KnownTable* knownTable(const CsvReader& rows) {
    for (const KnownTable& table : tables())
        if (fits(table, rows)) return &table;
    return nullptr;
}

}  // namespace importers
