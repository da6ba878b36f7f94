/** A part of an object as a named template: what its hash looks at is what the object has. */
import { Type } from '@sinclair/typebox';
import { ApiObject, type ApiObjectProps } from 'cdk8s';
import {
  closed,
  defineChart,
  DescribedConstruct,
  flag,
  group,
  NamedTemplate,
  stringMap,
  TemplateFolder,
  when,
  type Description,
} from '../../../lib/engine';
import { renderChart } from '../../../lib/engine/renderers';

const chart = defineChart({
  facts: { name: 'parts', version: '0.1.0', appVersion: '1' },
  metadata: { description: 'Parts' },
  values: {
    labels: group(stringMap('Labels'), {}),
    on: group(flag('On'), true),
    deep: group(closed({ name: Type.Optional(Type.String()) }), {}),
  },
});

const { values } = chart;

class Part extends DescribedConstruct {
  constructor(folder: TemplateFolder, spec: object) {
    super(folder, 'part', { source: 'named-part.test.ts' });
    const template = new NamedTemplate('spec', [{ path: ['spec'], given: {} }], 'A part.');
    this.named = { file: 'widget', templates: [template] };
    const metadata = { name: 'widget', annotations: { hash: template.hash() } };
    const props = { apiVersion: 'example.org/v1', kind: 'Widget', metadata, spec };
    // Symbolic values stand where cdk8s has texts.
    new ApiObject(this, 'widget', props as unknown as ApiObjectProps);
  }
}

function chartWith(spec: object): Description {
  return chart.describe({ objects: (app) => new Part(new TemplateFolder(app, 'parts'), spec) });
}

function printed(spec: object, file: string): string {
  return renderChart(chartWith(spec)).get(`templates/parts/${file}`) ?? '';
}

test('a hash has quotes: digits around an e are a number to YAML', () => {
  expect(printed({ on: values.on }, 'widget.yaml')).toContain('| sha256sum | trunc 8 | quote }}');
});

test('a part that may be empty is refused', () => {
  expect(() => chartWith({ on: when(values.on, 'yes') }).objects).toThrow(
    'spec may be empty, and a template that yields nothing is no map: give it a field that is always there',
  );
});

test("a part that ends in the user's texts keeps their last line break", () => {
  expect(printed({ on: values.on, zones: values.labels }, '_widget.tpl')).toMatch(
    / nindent 2 \}\}\n\{\{ end \}\}\n$/,
  );
  expect(printed({ on: values.on }, '_widget.tpl')).toMatch(/\n\{\{- end \}\}\n$/);
});
