// What a board's file may hold: Grafana's published types, with what JSON can write of them (an enum's value stands for the enum), and with
// the options of each kind of panel. The query's type is Grafana's data source's own and not in the package: only what is used is allowed.
import type {
  Dashboard,
  DataQuery,
  DataSourceRef,
  FieldConfig,
  GraphFieldConfig,
  RowPanel,
  TableFieldOptions,
  Panel,
} from '@grafana/schema';
import type { Options as HeatmapOptions } from '@grafana/schema/dist/esm/raw/composable/heatmap/panelcfg/x/HeatmapPanelCfg_types.gen';
import type { Options as StatOptions } from '@grafana/schema/dist/esm/raw/composable/stat/panelcfg/x/StatPanelCfg_types.gen';
import type {
  FieldConfig as StatesField,
  Options as StatesOptions,
} from '@grafana/schema/dist/esm/raw/composable/statetimeline/panelcfg/x/StateTimelinePanelCfg_types.gen';
import type { Options as TableOptions } from '@grafana/schema/dist/esm/raw/composable/table/panelcfg/x/TablePanelCfg_types.gen';
import type { Options as LinesOptions } from '@grafana/schema/dist/esm/raw/composable/timeseries/panelcfg/x/TimeSeriesPanelCfg_types.gen';

type Json<T> = T extends string
  ? `${T}`
  : T extends number
    ? number extends T
      ? number
      : `${T}` extends `${infer N extends number}`
        ? N
        : never
    : T extends Array<infer E>
      ? Json<E>[]
      : T extends object
        ? { [K in keyof T]: Json<T[K]> }
        : T;

interface Query extends DataQuery {
  datasource: DataSourceRef;
  expr: string;
  legendFormat: string;
  instant: boolean;
  range: boolean;
  format: 'time_series' | 'table' | 'heatmap';
}

type Kind<Name extends string, Options, Custom> = Omit<Panel, 'type' | 'options' | 'fieldConfig' | 'targets'> & {
  type: Name;
  options: Options;
  fieldConfig: {
    defaults: Omit<FieldConfig, 'custom'> & { custom: Custom };
    overrides: NonNullable<Panel['fieldConfig']>['overrides'];
  };
  targets: Query[];
};

type AnyPanel =
  | Kind<'timeseries', LinesOptions, GraphFieldConfig>
  | Kind<'stat', StatOptions, Record<string, never>>
  | Kind<'table', TableOptions, TableFieldOptions>
  | Kind<'heatmap', HeatmapOptions, Record<string, never>>
  | Kind<'state-timeline', StatesOptions, StatesField>
  | RowPanel;

export type Board = Json<Omit<Dashboard, 'panels'> & { panels: AnyPanel[] }>;
